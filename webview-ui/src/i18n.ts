import { createInstance, type i18n } from "i18next"
import { initReactI18next } from "react-i18next"
import type en from "./locales/en.json"

declare module "i18next" {
	interface CustomTypeOptions {
		defaultNS: "translation"
		resources: { translation: typeof en }
	}
}

/** The messages of one language, or the subset that the chat needs. */
export type LocaleMessages = Partial<typeof en>

/** Messages that are loaded after those of the chat, with the texts of error details by code. */
export type PageMessages = LocaleMessages & { readonly details: Readonly<Record<string, string>> }

/** Namespace of the texts of error details, by code. */
const DETAILS = "details"

export function createI18n(language: string, messages: LocaleMessages): i18n {
	const instance = createInstance({
		lng: language,
		// Only one language is loaded, and every locale file is complete: there is no fallback language.
		fallbackLng: false,
		resources: { [language]: { translation: messages } },
		// React escapes the values.
		interpolation: { escapeValue: false },
		initAsync: false,
	})
	void instance.use(initReactI18next).init()
	return instance
}

/** Looks up the text of an error detail in the loaded language. The dots in codes are no key separators. */
export function detailTexts(instance: i18n): (code: string) => string | undefined {
	return (code) => {
		const text: unknown = instance.getResource(instance.language, DETAILS, code, { keySeparator: false })
		return typeof text === "string" ? text : undefined
	}
}

/** Adds the messages that the chat does not need. */
export function addMessages(instance: i18n, { details, ...messages }: PageMessages): void {
	instance.addResourceBundle(instance.language, DETAILS, details, true)
	instance.addResourceBundle(instance.language, "translation", messages, true)
}

/** The available language that matches best: "de-AT" gives "de", "pt" gives "pt-BR", an unknown language gives "en". */
export function bestLanguage(requested: string, languages: readonly string[]): string {
	const tag = requested.toLowerCase()
	const [base = ""] = tag.split("-")
	return (
		languages.find((language) => language.toLowerCase() === tag) ??
		languages.find((language) => language === base) ??
		languages.find((language) => language.startsWith(`${base}-`)) ??
		"en"
	)
}
