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

/** The words of one language, or those of them that are needed at first. */
export type LocaleMessages = Partial<typeof en>

/** Says everything in one language: what the view asks for by key, and the sentences of core and protocol. */
export function createI18n(language: string, messages: LocaleMessages): i18n {
	const instance = createInstance({
		lng: language,
		// One language at a time, each of them whole: there is none to fall back to.
		fallbackLng: false,
		resources: { [language]: { translation: messages } },
		// React escapes.
		interpolation: { escapeValue: false },
		initAsync: false,
	})
	void instance.use(initReactI18next).init()
	setTranslation({
		language,
		translate: (sentence, ...values) => translateToEnglish(translated(instance, sentence), ...values),
	})
	return instance
}

/** Adds words that were not needed at first. */
export function addMessages(instance: i18n, messages: LocaleMessages): void {
	instance.addResourceBundle(instance.language, "translation", messages, true)
}

/** Not by `t`, for which the dots in a sentence would be a path. */
function translated(instance: i18n, sentence: string): string {
	const messages = instance.getDataByLanguage(instance.language)?.translation as LocaleMessages | undefined
	return (messages?.sentence as Record<string, string> | undefined)?.[sentence] ?? sentence
}

/** The language of those that are there that serves best who asked for one: "de-AT" gets "de", "pt" "pt-BR", others English. */
export function bestLanguage(asked: string, languages: readonly string[]): string {
	const wanted = asked.toLowerCase()
	const [base = ""] = wanted.split("-")
	return (
		languages.find((language) => language.toLowerCase() === wanted) ??
		languages.find((language) => language === base) ??
		languages.find((language) => language.startsWith(`${base}-`)) ??
		"en"
	)
}
