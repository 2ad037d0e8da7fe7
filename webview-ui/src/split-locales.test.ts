import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { PAGE_MESSAGES } from "../build/split-locales"
import en from "./locales/en.json"

/** The file and all files that it imports statically, directly or indirectly. Type-only imports do not count. */
function collectStaticImports(file: string, seen = new Set<string>()): Set<string> {
	if (seen.has(file)) return seen
	seen.add(file)
	const code = readFileSync(file, "utf8")
	for (const [, path] of code.matchAll(/^(?:import|\}|export) (?!type )[^;]*?"(\.[^"]+)"$/gm)) {
		const target = [".ts", ".tsx", "/index.ts"]
			.map((extension) => join(dirname(file), `${path}${extension}`))
			.find(exists)
		if (target) collectStaticImports(target, seen)
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

/** Message groups (first key segments) that the files use: in a `t(…)` call, also with a template, or as a literal. */
function usedMessageGroups(files: Iterable<string>): Set<string> {
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

test("the chat uses no message that is loaded only with the other pages", () => {
	const names = usedMessageGroups(collectStaticImports(join(import.meta.dirname, "main.tsx")))
	expect([...names]).toEqual(expect.arrayContaining(["app", "badge", "chat", "cost", "taskUsage", "tier"]))
	expect([...names].filter((name) => PAGE_MESSAGES.includes(name))).toEqual([])
})

test("every group in PAGE_MESSAGES exists in en.json", () => {
	expect(PAGE_MESSAGES.filter((name) => !(name in en))).toEqual([])
})
