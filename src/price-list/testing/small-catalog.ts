import type { CatalogModel, PriceCard } from "@bedrock-tiers/core"
import type { CatalogPrices } from "../catalog-prices"

const NO_TIERS = { flex: "no", priority: "no", reserved: "no" } as const
const FLEX_AND_PRIORITY = { flex: "yes", priority: "yes", reserved: "no" } as const

function model(
	id: string,
	routes: Partial<CatalogModel["routes"]>,
	tiers: typeof NO_TIERS | typeof FLEX_AND_PRIORITY,
): CatalogModel {
	return {
		id,
		name: id,
		provider: "Test",
		contextWindow: null,
		maxOutputTokens: null,
		images: null,
		reasoning: null,
		promptCaching: null,
		automaticCaching: null,
		apis: ["converse", "invoke-model", "chat-completions"],
		tiers: { converse: tiers, "invoke-model": tiers, "chat-completions": tiers },
		routes: { inRegion: [], geo: [], global: [], ...routes },
		lifecycle: { status: "active", endOfLife: null },
		sources: ["aws-price-list-2026-08-20"],
	}
}

const US = [{ prefix: "us", sourceRegions: ["us-east-1", "us-west-2"] }]

export const GPT_OSS = "openai.gpt-oss-120b-1:0"
export const NOVA = "amazon.nova-2-lite-v1:0"
export const CLAUDE = "anthropic.claude-haiku-4-5-20251001-v1:0"

export const SMALL_MODELS: readonly CatalogModel[] = [
	model(GPT_OSS, { inRegion: ["us-east-1", "us-west-2"] }, FLEX_AND_PRIORITY),
	model(NOVA, { geo: US, global: ["us-east-1", "us-west-2"] }, FLEX_AND_PRIORITY),
	model(CLAUDE, { geo: US, global: ["us-east-1", "us-west-2"] }, NO_TIERS),
]

type CardFacts = Pick<PriceCard, "modelId" | "route" | "region" | "tier"> & Partial<PriceCard>

export function card(facts: CardFacts, input: number, output: number): PriceCard {
	return {
		fromPromptTokens: 0,
		belowPromptTokens: null,
		inputUsdPerMTok: input,
		outputUsdPerMTok: output,
		cacheReadUsdPerMTok: null,
		cacheWriteUsdPerMTok: null,
		cacheWrite1hUsdPerMTok: null,
		source: "aws-price-list-2026-08-20",
		checkedOn: "2026-08-20",
		derived: [],
		...facts,
	}
}

const gptOss = { modelId: GPT_OSS, route: "in-region", region: "us-east-1" } as const
const nova = { modelId: NOVA, route: "geo", region: "us-east-1" } as const
const tierDerived = { derived: ["input", "output"] } as const

/** Three models like those of the catalog: in-region with tiers, geo with cache reads, and geo with one global row. */
export const SMALL_CATALOG: CatalogPrices = {
	models: new Map(SMALL_MODELS.map((entry) => [entry.id, entry])),
	cards: [
		card({ ...gptOss, tier: "default" }, 0.15, 0.6),
		card({ ...gptOss, tier: "flex", ...tierDerived }, 0.075, 0.3),
		card({ ...gptOss, tier: "priority", ...tierDerived }, 0.2625, 1.05),
		card({ ...nova, tier: "default", cacheReadUsdPerMTok: 0.0825, derived: ["cacheRead"] }, 0.33, 2.75),
		card(
			{ ...nova, tier: "flex", cacheReadUsdPerMTok: 0.04125, derived: ["input", "output", "cacheRead"] },
			0.165,
			1.375,
		),
		card(
			{ ...nova, tier: "priority", cacheReadUsdPerMTok: 0.144375, derived: ["input", "output", "cacheRead"] },
			0.5775,
			4.8125,
		),
		card({ modelId: CLAUDE, route: "geo", region: "us-east-1", tier: "default" }, 1.1, 5.5),
		card({ modelId: CLAUDE, route: "geo", region: "us-west-2", tier: "default" }, 1.1, 5.5),
		card({ modelId: CLAUDE, route: "global", region: "*", tier: "default" }, 1, 5),
	],
}
