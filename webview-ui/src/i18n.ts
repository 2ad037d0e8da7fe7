import { translateToEnglish, setTranslation } from "@bedrock-tiers/core"
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

/** Translates the webview's messages by key, and the texts of core and protocol by their English text. */
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
	setTranslation({
		language,
		translate: (text, ...values) => translateToEnglish(translateText(instance, text), ...values),
	})
	return instance
}

/** Adds the messages that the chat does not need. */
export function addMessages(instance: i18n, messages: LocaleMessages): void {
	instance.addResourceBundle(instance.language, "translation", messages, true)
}

/** Does not use `t`, which would read the dots in the text as key separators. */
function translateText(instance: i18n, text: string): string {
	const messages = instance.getDataByLanguage(instance.language)?.translation as LocaleMessages | undefined
	return (messages?.sentence as Record<string, string> | undefined)?.[text] ?? text
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
