/**
 * Amazon Bedrock's service tiers in AWS's own words. "Standard" is what people call `default`.
 * Source: Bedrock Runtime API, `ServiceTierType` (client-bedrock-runtime 3.1164, 2026-11-06).
 */
export const SERVICE_TIERS = ["default", "flex", "priority", "reserved"] as const
export type ServiceTier = (typeof SERVICE_TIERS)[number]

/** What Bedrock reports. A word that we do not know is kept as it came, never turned into `default`. */
export type ServedTier = ServiceTier | (string & {})

/** The tiers a person can pick. Reserved capacity is arranged with AWS, so it is read and shown but not offered. */
export const SELECTABLE_TIERS = ["default", "flex", "priority"] as const satisfies readonly ServiceTier[]
export type SelectableTier = (typeof SELECTABLE_TIERS)[number]

export function isServiceTier(word: unknown): word is ServiceTier {
	return (SERVICE_TIERS as readonly unknown[]).includes(word)
}

export function isSelectableTier(word: unknown): word is SelectableTier {
	return (SELECTABLE_TIERS as readonly unknown[]).includes(word)
}

/** The Bedrock APIs that can carry a tier. Support differs by API for some models. */
export const BEDROCK_APIS = ["converse", "invoke-model", "chat-completions"] as const
export type BedrockApi = (typeof BEDROCK_APIS)[number]

/** The APIs of them that this project sends requests through. */
export const REQUEST_APIS = ["converse", "invoke-model"] as const satisfies readonly BedrockApi[]
export type RequestApi = (typeof REQUEST_APIS)[number]

/** The API's name, as AWS writes it. */
export function apiName(api: RequestApi): string {
	return api === "converse" ? "Converse" : "InvokeModel"
}

/** `contested`: AWS's own sources disagree. Such a tier is offered, marked, and a refusal handled like any other. */
export const TIER_SUPPORT = ["yes", "no", "contested"] as const
export type TierSupport = (typeof TIER_SUPPORT)[number]
