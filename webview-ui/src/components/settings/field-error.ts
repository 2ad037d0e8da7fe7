import type { OwnPrice } from "@bedrock-tiers/core"
import { DEFAULT_PROFILE_SETTINGS, type ProfileSettings } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"
import type { SaveState } from "../../state/webview-state"

/** Settings with a field of their own. Own prices have several. */
type FieldSetting = Exclude<keyof ProfileSettings, "provider" | "ownPrices">
const OTHER_FIELDS = [
	"settings.credentials.profile",
	"apiKey",
	"staticKeys",
	"staticKeys.accessKeyId",
	"staticKeys.secretAccessKey",
	"staticKeys.sessionToken",
] as const
/** Path, in a save message, of a field that can show an error message. */
export type FieldPath = `settings.${FieldSetting}` | (typeof OTHER_FIELDS)[number] | OwnPricePath

const { provider: _provider, ownPrices: _ownPrices, ...FIELD_SETTINGS } = DEFAULT_PROFILE_SETTINGS
const FIELDS: readonly string[] = [...Object.keys(FIELD_SETTINGS).map((key) => `settings.${key}`), ...OTHER_FIELDS]
/** Path of the list of own prices, of one own price, or of one of its members. */
const OWN_PRICE = /^settings\.ownPrices(\.\d+(\.\w+)?)?$/
type OwnPricePath =
	"settings.ownPrices" | `settings.ownPrices.${number}` | `settings.ownPrices.${number}.${keyof OwnPrice}`

export type ErrorAt = (field: FieldPath) => string | undefined

/** Returns a lookup of the error message that a refused save has for a field of the profile. */
export function errorAt(save: SaveState, profileId: string, locale: Locale): ErrorAt {
	return (field) =>
		save.kind === "refused" && save.profileId === profileId && save.field === field
			? locale.details(save.details)
			: undefined
}

/** Whether there is a field that can show the error message for the path. */
export function hasField(path: string): boolean {
	return FIELDS.includes(path) || OWN_PRICE.test(path)
}
