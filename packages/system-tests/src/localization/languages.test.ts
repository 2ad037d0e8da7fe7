import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { englishDetails } from "@bedrock-tiers/error-details"
import { describe, expect, it } from "vitest"

/** Locale files: each one has the same keys as the English file, translated. */

const root = join(import.meta.dirname, "../../../..")

/** Languages of Roo Code other than English. */
const LANGUAGES = [
	...["ca", "de", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt-BR", "ru", "tr", "vi", "zh-CN", "zh-TW"],
]

type Tree = { readonly [key: string]: string | Tree }
type Texts = ReadonlyMap<string, string>

/** @returns texts by path. Keys contain dots, so ` › ` separates the parts of a path. */
function readTexts(file: string): Texts {
	const texts = new Map<string, string>()
	const collect = (tree: Tree, path: string) => {
		for (const [key, value] of Object.entries(tree)) {
			if (typeof value === "string") texts.set(`${path}${key}`, value)
			else collect(value, `${path}${key} › `)
		}
	}
	collect(JSON.parse(readFileSync(join(root, file), "utf8")) as Tree, "")
	return texts
}

const { text: _, ...englishDetailTexts } = englishDetails

const FILES = [
	{
		source: "webview-ui/src/locales/en.json",
		english: readTexts("webview-ui/src/locales/en.json"),
		pathFor: (language: string) => `webview-ui/src/locales/${language}.json`,
	},
	{
		source: "packages/error-details/src/english.ts",
		// The code `text` has nothing to translate.
		english: new Map(Object.entries(englishDetailTexts)),
		pathFor: (language: string) => `packages/error-details/locales/${language}.json`,
	},
	{
		source: "l10n/bundle.l10n.json",
		english: readTexts("l10n/bundle.l10n.json"),
		pathFor: (language: string) => `l10n/bundle.l10n.${language.toLowerCase()}.json`,
	},
	{
		source: "package.nls.json",
		english: readTexts("package.nls.json"),
		pathFor: (language: string) => `package.nls.${language.toLowerCase()}.json`,
	},
]

const PLURAL = /_(one|other)$/

/**
 * @returns what a language's file must contain: a text for each English one, with the plural categories of the language
 */
function requiredTexts(english: Texts, language: string): Texts {
	const plurals = new Intl.PluralRules(language).resolvedOptions().pluralCategories
	const texts = new Map<string, string>()
	for (const [key, text] of english) {
		const stem = key.replace(PLURAL, "")
		const isPlural = stem !== key && english.has(`${stem}_other`)
		if (!isPlural) texts.set(key, text)
		else for (const plural of plurals) texts.set(`${stem}_${plural}`, english.get(`${stem}_other`) ?? "")
	}
	return texts
}

const placeholdersIn = (text: string) => (text.match(/\{\{[^}]*\}\}|\{\w+\}|\]\([^)]*\)/g) ?? []).sort().join(" ")

/** Singular forms such as "One request" may omit the count. */
const withoutCount = (placeholders: string) => placeholders.replace(/\{\{count[^}]*\}\}/, "").trim()

const wordCount = (text: string) => text.replace(/\{\{[^}]*\}\}|\{\w+\}/g, "").match(/[a-z]{2,}/gi)?.length ?? 0

describe.each(FILES)("Translations of $source", ({ english: englishTexts, pathFor }) => {
	it.each(LANGUAGES)("have exactly the required keys in %s", (language) => {
		expect([...readTexts(pathFor(language)).keys()].sort()).toEqual(
			[...requiredTexts(englishTexts, language).keys()].sort(),
		)
	})

	it.each(LANGUAGES)("have the same placeholders and links in %s", (language) => {
		const translated = readTexts(pathFor(language))
		for (const [key, text] of requiredTexts(englishTexts, language)) {
			const placeholders = placeholdersIn(translated.get(key) ?? "")
			const expected = placeholdersIn(text)
			if (!/_(one|many)$/.test(key) || placeholders !== withoutCount(expected))
				expect(placeholders, key).toBe(expected)
		}
	})

	it.each(LANGUAGES)(
		"differ from the English text in %s when it has four or more words, and are never empty",
		(language) => {
			const translated = readTexts(pathFor(language))
			const sentences = [...requiredTexts(englishTexts, language)].filter(([, text]) => wordCount(text) >= 4)
			const untranslated = sentences.filter(([key, text]) => translated.get(key) === text)
			expect(untranslated).toEqual([])
			expect([...translated].filter(([, text]) => text.trim() === "")).toEqual([])
		},
	)
})

it("Locale files exist for exactly these languages", () => {
	const languagesIn = (folder: string, pattern: RegExp) =>
		readdirSync(join(root, folder)).flatMap((name) => pattern.exec(name)?.[1] ?? [])
	const lower = LANGUAGES.map((language) => language.toLowerCase())
	expect(languagesIn("webview-ui/src/locales", /^(.*)\.json$/).sort()).toEqual(["en", ...LANGUAGES].sort())
	expect(languagesIn("packages/error-details/locales", /^(.*)\.json$/).sort()).toEqual([...LANGUAGES].sort())
	expect(languagesIn("l10n", /^bundle\.l10n\.(.*)\.json$/).sort()).toEqual(lower.sort())
	expect(languagesIn(".", /^package\.nls\.(.*)\.json$/).sort()).toEqual(lower.sort())
})
