import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import manifest from "../package.json"
import { inEnglish } from "./app/translate"

/** The words of the manifest and of the host lie in files, where they can be translated. */

const root = join(import.meta.dirname, "..")
const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8")) as Record<string, string>

function sources(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.includes("testing"))
		.map((name) => join(folder, name))
}

/** The literal sentences that `t` is called with. */
function sentencesIn(file: string): string[] {
	const calls = readFileSync(join(root, file), "utf8").matchAll(/\bt\(\s*("(?:[^"\\]|\\.)*")/g)
	return [...calls].map(([, literal]) => JSON.parse(literal ?? "") as string)
}

describe("l10n/bundle.l10n.json", () => {
	it("has every sentence that the host says, and no other", () => {
		const files = [...sources("src/app"), ...sources("src/vscode"), "src/extension.ts"]
		const said = new Set(files.flatMap(sentencesIn))
		expect(said.size).toBeGreaterThan(20)
		expect(Object.keys(readJson("l10n/bundle.l10n.json")).sort()).toEqual([...said].sort())
	})

	it("says in English what its keys say", () => {
		for (const [key, sentence] of Object.entries(readJson("l10n/bundle.l10n.json"))) expect(sentence).toBe(key)
	})
})

describe("package.nls.json", () => {
	it("has every word of the manifest's contributions, and no other", () => {
		const { displayName, description, contributes } = manifest
		const asked = JSON.stringify([displayName, description, contributes]).matchAll(/%([\w.]+)%/g)
		const names = new Set([...asked].map(([, name]) => name))
		expect(Object.keys(readJson("package.nls.json")).sort()).toEqual([...names].sort())
	})

	it("leaves no title, name, text or category in the manifest", () => {
		const words: unknown[] = []
		JSON.stringify(manifest.contributes, (key, value: unknown) => {
			if (/^(title|name|category|description|altText)$/.test(key)) words.push(value)
			return value
		})
		expect(words.length).toBeGreaterThan(10)
		for (const word of words) expect(word).toMatch(/^%[\w.]+%$/)
	})
})

describe("A sentence in English", () => {
	it("has its values where their numbers stand, and keeps a number without a value", () => {
		expect(inEnglish("{0} of {1} files", 2, 17)).toBe("2 of 17 files")
		expect(inEnglish("{1}, {0}, {2}", "a", "b")).toBe("b, a, {2}")
	})
})
