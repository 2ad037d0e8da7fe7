import type { i18n } from "i18next"
import { addMessages, bestLanguage, createI18n, type LocaleMessages, type PageMessages } from "./i18n"

/** Only one language is loaded, and the chat's messages before those of the other pages: see build/split-locales.ts. */
const chatMessageLoaders = import.meta.glob<LocaleMessages>("./locales/*.json", { query: "?chat", import: "default" })
const pageMessageLoaders = import.meta.glob<PageMessages>("./locales/*.json", { query: "?pages", import: "default" })

let loadOtherPages = (): Promise<void> => Promise.resolve()

/** @param requestedLanguage VS Code's language id, from the page's `lang` attribute: for example "pt-br" */
export async function loadMessages(requestedLanguage: string): Promise<i18n> {
	const languages = Object.keys(chatMessageLoaders).map((path) => path.replace(/^.*\/(.*)\.json$/, "$1"))
	const language = bestLanguage(requestedLanguage, languages)
	const path = `./locales/${language}.json`
	const instance = createI18n(language, (await chatMessageLoaders[path]?.()) ?? {})
	let loading: Promise<void> | undefined
	loadOtherPages = () => (loading ??= load().catch(allowRetry))
	const load = async () => addMessages(instance, (await pageMessageLoaders[path]?.()) ?? { details: {} })
	const allowRetry = (error: unknown) => {
		loading = undefined
		throw error
	}
	return instance
}

/** Resolves when the messages of the other pages are loaded. After a rejection, the next call tries again. */
export function loadPageMessages(): Promise<void> {
	return loadOtherPages()
}

/** A module whose components use the messages of the other pages. */
export async function withPageMessages<Module>(module: Promise<Module>): Promise<Module> {
	return (await Promise.all([module, loadPageMessages()]))[0]
}
