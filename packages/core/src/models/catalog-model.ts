import type { BedrockApi, ServiceTier, TierSupport } from "../tiers/service-tier"

export type CatalogModel = {
	/** Base model id, without a profile prefix: the key of the catalog. */
	readonly id: string
	/** Display name. */
	readonly name: string
	readonly provider: string
	/** Tokens; `null` when unknown. */
	readonly contextWindow: number | null
	/** Tokens; `null` when unknown. */
	readonly maxOutputTokens: number | null
	/** Whether the model accepts images; `null` when not established. */
	readonly images: boolean | null
	/**
	 * How reasoning is controlled: by a token budget, by effort, or by the model itself (`adaptive`). `always`: it
	 * cannot be disabled. `false`: not supported. `null`: not documented.
	 */
	readonly reasoning: "budget" | "effort" | "adaptive" | "always" | false | null
	/** Limits of Converse's `cachePoint`; `null` when not supported. */
	readonly promptCaching: PromptCaching | null
	/** Caching without `cachePoint`: automatic, or requested in OpenAI-style requests; `null` when none is known. */
	readonly automaticCaching: AutomaticCaching | null
	/**
	 * The APIs through which the model can be called; `chat-completions` covers every OpenAI-style API. A model without
	 * `converse` is available on the bedrock-mantle endpoint only.
	 * Source: AWS user guide, API compatibility by model, about October 2026.
	 */
	readonly apis: readonly BedrockApi[]
	/** `no` for every tier of an API that is not in `apis`. */
	readonly tiers: Readonly<Record<BedrockApi, Readonly<Record<Exclude<ServiceTier, "default">, TierSupport>>>>
	readonly routes: ModelRoutes
	readonly lifecycle: ModelLifecycle
	/** Keys of the catalog's `sources`. */
	readonly sources: readonly string[]
	readonly note?: string
}

export type PromptCaching = {
	/** Minimum number of tokens before the cache point for anything to be cached. */
	readonly minTokens: number
	readonly maxPoints: number
	readonly fields: readonly ("messages" | "system" | "tools")[]
	readonly lifetimes: readonly ("5m" | "1h")[]
}

export type AutomaticCaching = {
	/** Minimum number of tokens for anything to be cached; `null` when not documented. */
	readonly minTokens: number | null
	/** Minutes for which a written prefix stays cached; `null` when not documented. */
	readonly lifetimeMinutes: number | null
	/** The APIs with automatic caching. */
	readonly apis: readonly BedrockApi[]
}

export type ModelRoutes = {
	/** Regions in which the base model id can be called: on bedrock-mantle when there is no other endpoint. */
	readonly inRegion: readonly string[]
	/** Geographic profiles, callable from the source regions. The profile id is prefix + "." + base model id. */
	readonly geo: readonly { readonly prefix: string; readonly sourceRegions: readonly string[] }[]
	/** Regions from which the `global.` profile can be called. */
	readonly global: readonly string[]
}

export type ModelLifecycle = {
	/**
	 * `preview`: AWS gave access to selected accounts, and may have withdrawn the model. `legacy`: still served, end of
	 * life announced. `retired`: no longer served, listed for the prices of old chats.
	 */
	readonly status: "active" | "preview" | "legacy" | "retired"
	/** ISO date; `null` when none is announced. */
	readonly endOfLife: string | null
}
