import { createI18n } from "../i18n"
import en from "../locales/en.json"

/** All words in English, at once. */
export const englishI18n = () => createI18n("en", en)
