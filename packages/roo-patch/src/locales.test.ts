import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

const ROOM = join(import.meta.dirname, "..")
const LANGUAGES = "ca de en es fr hi id it ja ko nl pl pt-BR ru tr vi zh-CN zh-TW".split(" ")

function texts(language: string): Record<string, string> {
	return JSON.parse(readFileSync(join(ROOM, "locales", `${language}.json`), "utf8"))
}

function placeholders(text: string | undefined): string[] {
	return [...new Set(text?.match(/\{\{\w+\}\}/g))].sort()
}

const english = texts("en")

describe("the words that the patch brings", () => {
	it("are there in Roo Code's 18 languages", () => {
		expect(readdirSync(join(ROOM, "locales")).sort()).toEqual(LANGUAGES.map((language) => `${language}.json`))
	})

	it.each(LANGUAGES)("have the keys and placeholders of English in %s, none empty", (language) => {
		const translated = texts(language)
		expect(Object.keys(translated)).toEqual(Object.keys(english))
		for (const [key, text] of Object.entries(translated)) {
			expect(text.trim(), key).toBe(text)
			expect(text, key).not.toBe("")
			expect(placeholders(text), key).toEqual(placeholders(english[key]))
		}
	})

	it("are those that the payload's components ask for, no more and no fewer", () => {
		const components = readdirSync(join(ROOM, "payload/webview-ui"), { recursive: true, encoding: "utf8" })
			.filter((path) => /\.tsx?$/.test(path) && !/\.spec\.tsx?$/.test(path))
			.map((path) => readFileSync(join(ROOM, "payload/webview-ui", path), "utf8"))
		const asked = components.flatMap((source) => [...source.matchAll(/"settings:bedrockTier\.(\w+)"/g)])
		expect([...new Set(asked.map(([, key]) => key))].sort()).toEqual(Object.keys(english).sort())
	})

	it("leave no placeholder of the components' own unfilled", () => {
		const filled = ["tier", "requested", "served", "place"].map((name) => `{{${name}}}`)
		const used = new Set(Object.values(english).flatMap(placeholders))
		expect([...used].sort()).toEqual(filled.sort())
	})
})
