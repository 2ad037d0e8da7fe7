import type { i18n } from "i18next"
import { addWords, bestLanguage, createI18n, type LocaleWords } from "./i18n"

/** Only one language is loaded, and of it at first only what the chat says. See build/words-in-two-parts.ts. */
const chatWords = import.meta.glob<LocaleWords>("./locales/*.json", { query: "?chat", import: "default" })
const pageWords = import.meta.glob<LocaleWords>("./locales/*.json", { query: "?pages", import: "default" })

let loadTheRest = (): Promise<void> => Promise.resolve()

/** @param asked as the page says it, in VS Code's words: "pt-br" */
export async function loadWords(asked: string): Promise<i18n> {
	const languages = Object.keys(chatWords).map((path) => path.replace(/^.*\/(.*)\.json$/, "$1"))
	const language = bestLanguage(asked, languages)
	const path = `./locales/${language}.json`
	const instance = createI18n(language, (await chatWords[path]?.()) ?? {})
	let rest: Promise<void> | undefined
	loadTheRest = () => (rest ??= load().catch(forget))
	const load = async () => addWords(instance, (await pageWords[path]?.()) ?? {})
	const forget = (error: unknown) => {
		rest = undefined
		throw error
	}
	return instance
}

/** The words of the pages beside the chat are there when this is done. */
export function wordsOfPages(): Promise<void> {
	return loadTheRest()
}
