import { englishDetails } from "@bedrock-tiers/error-details"
import { addMessages, createI18n } from "../i18n"
import en from "../locales/en.json"

/** All English messages, those of the chat and of the other pages. */
export function englishI18n() {
	const i18n = createI18n("en", en)
	addMessages(i18n, { details: englishDetails })
	return i18n
}
