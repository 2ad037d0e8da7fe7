import type { BedrockApi, ServiceTier } from "../tiers/service-tier"
import type { TierSupport } from "../tiers/tier-support"

export type CatalogModel = {
	/** The base model id, without a profile prefix: the catalog's key. */
	readonly id: string
	/** As people know it. */
	readonly name: string
	readonly provider: string
	/** Tokens; null = unknown. */
	readonly contextWindow: number | null
	/** Tokens; null = unknown. */
	readonly maxOutputTokens: number | null
	/** Whether it takes images. */
	readonly images: boolean
	/** How thinking is switched: by a token budget, by effort, by itself; false = none; null = not documented. */
	readonly reasoning: "budget" | "effort" | "adaptive" | false | null
	/** Converse `cachePoint` limits; null = not offered. */
	readonly promptCaching: PromptCaching | null
	readonly tiers: Readonly<Record<BedrockApi, Readonly<Record<Exclude<ServiceTier, "default">, TierSupport>>>>
	readonly routes: ModelRoutes
	readonly lifecycle: ModelLifecycle
	/** Keys of the catalog's sources. */
	readonly sources: readonly string[]
	readonly note?: string
}

export type PromptCaching = {
	/** Tokens before the point that are needed for anything to be cached. */
	readonly minTokens: number
	readonly maxPoints: number
	readonly fields: readonly ("messages" | "system" | "tools")[]
	readonly lifetimes: readonly ("5m" | "1h")[]
}

export type ModelRoutes = {
	/** Regions in which the bare id can be called. */
	readonly inRegion: readonly string[]
	/** Geographic profiles: id = prefix + "." + base id, callable from the source regions. */
	readonly geo: readonly { readonly prefix: string; readonly sourceRegions: readonly string[] }[]
	/** Regions from which the `global.` profile can be called. */
	readonly global: readonly string[]
}

export type ModelLifecycle = {
	/** `legacy`: still served, end announced. `retired`: no longer served, kept for the prices of old chats. */
	readonly status: "active" | "legacy" | "retired"
	/** ISO date; null = none announced. */
	readonly endOfLife: string | null
}
