import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

/** The words in all languages: each file has what the English one has, said in its own language. */

const root = join(import.meta.dirname, "../../../..")

/** Those that Roo Code speaks, beside English. */
const LANGUAGES = [
	...["ca", "de", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt-BR", "ru", "tr", "vi", "zh-CN", "zh-TW"],
]

type Tree = { readonly [key: string]: string | Tree }
type Words = ReadonlyMap<string, string>

/** By the path of each; keys have dots in them, so the path's parts are told apart by another sign. */
function readWords(file: string): Words {
	const words = new Map<string, string>()
	const take = (tree: Tree, path: string) => {
		for (const [key, value] of Object.entries(tree)) {
			if (typeof value === "string") words.set(`${path}${key}`, value)
			else take(value, `${path}${key} › `)
		}
	}
	take(JSON.parse(readFileSync(join(root, file), "utf8")) as Tree, "")
	return words
}

const FILES = [
	{ english: "webview-ui/src/locales/en.json", of: (language: string) => `webview-ui/src/locales/${language}.json` },
	{ english: "l10n/bundle.l10n.json", of: (language: string) => `l10n/bundle.l10n.${language.toLowerCase()}.json` },
	{ english: "package.nls.json", of: (language: string) => `package.nls.${language.toLowerCase()}.json` },
]

const PLURAL = /_(one|other)$/

/** What a language's file has to have: a word for each English one, and one for each of its own plurals. */
function wanted(english: Words, language: string): Words {
	const plurals = new Intl.PluralRules(language).resolvedOptions().pluralCategories
	const words = new Map<string, string>()
	for (const [key, text] of english) {
		const stem = key.replace(PLURAL, "")
		const isPlural = stem !== key && english.has(`${stem}_other`)
		if (!isPlural) words.set(key, text)
		else for (const plural of plurals) words.set(`${stem}_${plural}`, english.get(`${stem}_other`) ?? "")
	}
	return words
}

const valuesIn = (text: string) => (text.match(/\{\{[^}]*\}\}|\{\d+\}|\]\([^)]*\)/g) ?? []).sort().join(" ")

/** "One request" may say its number in a word. */
const withoutCount = (values: string) => values.replace(/\{\{count[^}]*\}\}/, "").trim()

const wordsIn = (text: string) => text.replace(/\{\{[^}]*\}\}|\{\d+\}/g, "").match(/[a-z]{2,}/gi)?.length ?? 0

describe.each(FILES)("The words of $english", ({ english, of }) => {
	const words = readWords(english)

	it.each(LANGUAGES)("are all there in %s, and no others", (language) => {
		expect([...readWords(of(language)).keys()].sort()).toEqual([...wanted(words, language).keys()].sort())
	})

	it.each(LANGUAGES)("have the same values and links in %s", (language) => {
		const translated = readWords(of(language))
		for (const [key, text] of wanted(words, language)) {
			const values = valuesIn(translated.get(key) ?? "")
			const expected = valuesIn(text)
			if (!/_(one|many)$/.test(key) || values !== withoutCount(expected)) expect(values, key).toBe(expected)
		}
	})

	it.each(LANGUAGES)("are said in %s, but for names", (language) => {
		const translated = readWords(of(language))
		const sentences = [...wanted(words, language)].filter(([, text]) => wordsIn(text) >= 4)
		const english = sentences.filter(([key, text]) => translated.get(key) === text)
		expect(english).toEqual([])
		expect([...translated].filter(([, text]) => text.trim() === "")).toEqual([])
	})
})

it("there are files for these languages and no others", () => {
	const named = (folder: string, pattern: RegExp) =>
		readdirSync(join(root, folder)).flatMap((name) => pattern.exec(name)?.[1] ?? [])
	const lower = LANGUAGES.map((language) => language.toLowerCase())
	expect(named("webview-ui/src/locales", /^(.*)\.json$/).sort()).toEqual(["en", ...LANGUAGES].sort())
	expect(named("l10n", /^bundle\.l10n\.(.*)\.json$/).sort()).toEqual(lower.sort())
	expect(named(".", /^package\.nls\.(.*)\.json$/).sort()).toEqual(lower.sort())
})
