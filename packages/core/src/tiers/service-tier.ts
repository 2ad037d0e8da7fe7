/**
 * Amazon Bedrock's service tiers, as the API names them. The UI name of `default` is "Standard".
 * Source: Bedrock Runtime API, `ServiceTierType` (client-bedrock-runtime 3.1164, 2026-11-06).
 */
export const SERVICE_TIERS = ["default", "flex", "priority", "reserved"] as const
export type ServiceTier = (typeof SERVICE_TIERS)[number]

/** Tier reported by Bedrock. Unknown values are preserved, never mapped to `default`. */
export type ServedTier = ServiceTier | (string & {})

/** Tiers that the user can select. Reserved capacity is arranged with AWS, so it is read and shown but not offered. */
export const SELECTABLE_TIERS = ["default", "flex", "priority"] as const satisfies readonly ServiceTier[]
export type SelectableTier = (typeof SELECTABLE_TIERS)[number]

export function isServiceTier(value: unknown): value is ServiceTier {
	return (SERVICE_TIERS as readonly unknown[]).includes(value)
}

export function isSelectableTier(value: unknown): value is SelectableTier {
	return (SELECTABLE_TIERS as readonly unknown[]).includes(value)
}

/** The Bedrock APIs that support service tiers. For some models, support differs by API. */
export const BEDROCK_APIS = ["converse", "invoke-model", "chat-completions"] as const
export type BedrockApi = (typeof BEDROCK_APIS)[number]

/** The subset of `BEDROCK_APIS` through which this project sends requests. */
export const REQUEST_APIS = ["converse", "invoke-model"] as const satisfies readonly BedrockApi[]
export type RequestApi = (typeof REQUEST_APIS)[number]

/** Name of the API as AWS writes it. */
export function apiName(api: RequestApi): string {
	return api === "converse" ? "Converse" : "InvokeModel"
}

/**
 * `contested`: AWS's own sources disagree. The tier is offered and marked as disputed; a refusal is handled as usual.
 */
export const TIER_SUPPORT = ["yes", "no", "contested"] as const
export type TierSupport = (typeof TIER_SUPPORT)[number]
