import type { OwnPrice } from "@bedrock-tiers/core"
import type { SaveState } from "../../state/webview-state"

/** Paths in a save message of the fields that can show what is wrong with them. */
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
	"settings.standsFor",
	"settings.discountPercent",
	"apiKey",
	"staticKeys",
	"staticKeys.accessKeyId",
	"staticKeys.secretAccessKey",
	"staticKeys.sessionToken",
] as const
export type FieldPath = (typeof FIELDS)[number] | OwnPricePath

/** Of the list of own prices, of one of them, or of one of its members. */
const OWN_PRICE = /^settings\.ownPrices(\.\d+(\.\w+)?)?$/
type OwnPricePath =
	"settings.ownPrices" | `settings.ownPrices.${number}` | `settings.ownPrices.${number}.${keyof OwnPrice}`

export type ErrorAt = (field: FieldPath) => string | undefined

/** Finds what a refused save says about a field. */
export function errorAt(save: SaveState, profileId: string): ErrorAt {
	return (field) =>
		save.kind === "refused" && save.profileId === profileId && save.field === field ? save.message : undefined
}

/** Whether the refused field can show its own message. */
export function hasField(path: string): boolean {
	return (FIELDS as readonly string[]).includes(path) || OWN_PRICE.test(path)
}
