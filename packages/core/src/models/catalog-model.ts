import type { BedrockApi, ServiceTier, TierSupport } from "../tiers/service-tier"

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
	/** Whether it takes images; null = not established. */
	readonly images: boolean | null
	/**
	 * How thinking is switched: by a token budget, by effort, by itself; `always` = it cannot be switched off;
	 * false = none; null = not documented.
	 */
	readonly reasoning: "budget" | "effort" | "adaptive" | "always" | false | null
	/**
	 * It refuses temperature and its kin (400); absent = no refusal is documented.
	 * Source: AWS user guide, Claude model parameters and adaptive thinking, 2026-10: from Opus 4.7 on.
	 */
	readonly refusesSampling?: true
	/** Converse `cachePoint` limits; null = not offered. */
	readonly promptCaching: PromptCaching | null
	/** Caching without `cachePoint`: by itself, or by what the OpenAI-style request asks for; null = none is known. */
	readonly automaticCaching: AutomaticCaching | null
	/**
	 * The APIs through which it can be called at all; `chat-completions` stands for every OpenAI-style one. A model
	 * without `converse` lives on the bedrock-mantle endpoint only.
	 * Source: AWS user guide, API compatibility by model, about October 2026.
	 */
	readonly apis: readonly BedrockApi[]
	/** `no` for every tier of an API that the model does not have. */
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

export type AutomaticCaching = {
	/** Tokens that are needed for anything to be cached; null = not documented. */
	readonly minTokens: number | null
	/** Minutes that a written prefix lives; null = not documented. */
	readonly lifetimeMinutes: number | null
	/** The APIs through which it happens. */
	readonly apis: readonly BedrockApi[]
}

export type ModelRoutes = {
	/** Regions in which the bare id can be called: on bedrock-mantle where the model has no other endpoint. */
	readonly inRegion: readonly string[]
	/** Geographic profiles: id = prefix + "." + base id, callable from the source regions. */
	readonly geo: readonly { readonly prefix: string; readonly sourceRegions: readonly string[] }[]
	/** Regions from which the `global.` profile can be called. */
	readonly global: readonly string[]
}

export type ModelLifecycle = {
	/**
	 * `preview`: AWS let chosen accounts in, and may have withdrawn it. `legacy`: still served, end announced.
	 * `retired`: no longer served, kept for the prices of old chats.
	 */
	readonly status: "active" | "preview" | "legacy" | "retired"
	/** ISO date; null = none announced. */
	readonly endOfLife: string | null
}
