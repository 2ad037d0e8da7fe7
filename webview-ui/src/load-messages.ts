import type { i18n } from "i18next"
import { addMessages, bestLanguage, createI18n, type LocaleMessages } from "./i18n"

/** Only one language is loaded, and of it at first only what the chat says. See build/split-locales.ts. */
const chatMessages = import.meta.glob<LocaleMessages>("./locales/*.json", { query: "?chat", import: "default" })
const pageMessagesOf = import.meta.glob<LocaleMessages>("./locales/*.json", { query: "?pages", import: "default" })

let loadTheRest = (): Promise<void> => Promise.resolve()

/** @param asked as the page says it, in VS Code's words: "pt-br" */
export async function loadMessages(asked: string): Promise<i18n> {
	const languages = Object.keys(chatMessages).map((path) => path.replace(/^.*\/(.*)\.json$/, "$1"))
	const language = bestLanguage(asked, languages)
	const path = `./locales/${language}.json`
	const instance = createI18n(language, (await chatMessages[path]?.()) ?? {})
	let rest: Promise<void> | undefined
	loadTheRest = () => (rest ??= load().catch(forget))
	const load = async () => addMessages(instance, (await pageMessagesOf[path]?.()) ?? {})
	const forget = (error: unknown) => {
		rest = undefined
		throw error
	}
	return instance
}

/** The words of the pages beside the chat are there when this is done. */
export function pageMessages(): Promise<void> {
	return loadTheRest()
}
