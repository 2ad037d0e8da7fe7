import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { PAGE_MESSAGES } from "../build/split-locales"
import en from "./locales/en.json"

/** What a file imports at once, types apart, with all that those import. */
function importedAtOnce(file: string, seen = new Set<string>()): Set<string> {
	if (seen.has(file)) return seen
	seen.add(file)
	const code = readFileSync(file, "utf8")
	for (const [, path] of code.matchAll(/^(?:import|\}|export) (?!type )[^;]*?"(\.[^"]+)"$/gm)) {
		const target = [".ts", ".tsx", "/index.ts"].map((end) => join(dirname(file), `${path}${end}`)).find(exists)
		if (target) importedAtOnce(target, seen)
	}
	return seen
}

function exists(file: string): boolean {
	try {
		return readFileSync(file).length > 0
	} catch {
		return false
	}
}

/** The first names of the keys that the files ask for: by a call, with the end put in or not, or as a literal in data. */
function asked(files: Iterable<string>): Set<string> {
	const names = new Set<string>()
	for (const file of files) {
		const code = readFileSync(file, "utf8").replaceAll(/\/\*[^]*?\*\//g, "")
		for (const [, name = ""] of code.matchAll(/\bt\(\s*["`]([A-Za-z]+)\./g)) names.add(name)
		for (const [, name = "", key = ""] of code.matchAll(/"([A-Za-z]+)\.([\w-]+)"/g)) {
			if (key in ((en as Record<string, object>)[name] ?? {})) names.add(name)
		}
	}
	return names
}

test("the chat asks for no word that only comes with the settings and the history", () => {
	const names = asked(importedAtOnce(join(import.meta.dirname, "main.tsx")))
	expect([...names]).toEqual(expect.arrayContaining(["app", "badge", "chat", "cost", "taskUsage", "tier"]))
	expect([...names].filter((name) => PAGE_MESSAGES.includes(name))).toEqual([])
})

test("every part of the words that comes later is one that is there", () => {
	expect(PAGE_MESSAGES.filter((name) => !(name in en))).toEqual([])
})
