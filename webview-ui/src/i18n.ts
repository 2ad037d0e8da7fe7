import { createInstance, type i18n } from "i18next"
import { initReactI18next } from "react-i18next"
import en from "./locales/en.json"

declare module "i18next" {
	interface CustomTypeOptions {
		defaultNS: "translation"
		resources: { translation: typeof en }
	}
}

/** The words for a language; English where there are none. All languages are in the bundle, so this is at once. */
export function createI18n(language: string): i18n {
	const instance = createInstance({
		lng: language || "en",
		fallbackLng: "en",
		resources: { en: { translation: en } },
		// React escapes.
		interpolation: { escapeValue: false },
		initAsync: false,
	})
	void instance.use(initReactI18next).init()
	return instance
}
