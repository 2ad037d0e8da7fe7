import { createI18n } from "../i18n"
import en from "../locales/en.json"

/** All English messages, those of the chat and of the other pages. */
export const englishI18n = () => createI18n("en", en)
