import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

const PACKAGE_ROOT = join(import.meta.dirname, "..")
const LANGUAGES = "ca de en es fr hi id it ja ko nl pl pt-BR ru tr vi zh-CN zh-TW".split(" ")

function texts(language: string): Record<string, string> {
	return JSON.parse(readFileSync(join(PACKAGE_ROOT, "locales", `${language}.json`), "utf8"))
}

function placeholders(text: string | undefined): string[] {
	return [...new Set(text?.match(/\{\{\w+\}\}/g))].sort()
}

const english = texts("en")

describe("the translations of the payload", () => {
	it("exist in Roo Code's 18 languages", () => {
		expect(readdirSync(join(PACKAGE_ROOT, "locales")).sort()).toEqual(
			LANGUAGES.map((language) => `${language}.json`),
		)
	})

	it.each(LANGUAGES)("have the keys and placeholders of English in %s, and no empty text", (language) => {
		const translated = texts(language)
		expect(Object.keys(translated)).toEqual(Object.keys(english))
		for (const [key, text] of Object.entries(translated)) {
			expect(text.trim(), key).toBe(text)
			expect(text, key).not.toBe("")
			expect(placeholders(text), key).toEqual(placeholders(english[key]))
		}
	})

	it("are exactly those that the payload's components use", () => {
		const components = readdirSync(join(PACKAGE_ROOT, "payload/webview-ui"), { recursive: true, encoding: "utf8" })
			.filter((path) => /\.tsx?$/.test(path) && !/\.spec\.tsx?$/.test(path))
			.map((path) => readFileSync(join(PACKAGE_ROOT, "payload/webview-ui", path), "utf8"))
		const usedKeys = components.flatMap((source) => [...source.matchAll(/"settings:bedrockTier\.(\w+)"/g)])
		expect([...new Set(usedKeys.map(([, key]) => key))].sort()).toEqual(Object.keys(english).sort())
	})

	it("have only placeholders that the components fill", () => {
		const filled = ["tier", "requested", "served", "place"].map((name) => `{{${name}}}`)
		const used = new Set(Object.values(english).flatMap(placeholders))
		expect([...used].sort()).toEqual(filled.sort())
	})
})
