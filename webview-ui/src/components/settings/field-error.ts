import type { OwnPrice } from "@bedrock-tiers/core"
import type { Locale } from "../../locale"
import type { SaveState } from "../../state/webview-state"

/** Paths, in a save message, of the fields that can show an error message. */
export const FIELDS = [
	"settings.region",
	"settings.modelId",
	"settings.route",
	"settings.api",
	"settings.serviceTier",
	"settings.whenTierCannotServe",
	"settings.reasoning",
	"settings.thinkingBudgetTokens",
	"settings.promptCaching",
	"settings.maxTokens",
	"settings.temperature",
	"settings.idleLimitMinutes",
	"settings.taskLimitUsd",
	"settings.backgroundTier",
	"settings.chatTitles",
	"settings.credentials",
	"settings.credentials.profile",
	"settings.endpoint",
	"settings.http",
	"settings.declaredModels",
	"settings.discountPercent",
	"apiKey",
	"staticKeys",
	"staticKeys.accessKeyId",
	"staticKeys.secretAccessKey",
	"staticKeys.sessionToken",
] as const
export type FieldPath = (typeof FIELDS)[number] | OwnPricePath

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
	return (FIELDS as readonly string[]).includes(path) || OWN_PRICE.test(path)
}
