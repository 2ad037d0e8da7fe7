import { PRICE_ROWS, SOURCE_KEYS } from "../generated/catalog"
import { findModel } from "../models/catalog"
import type { Route } from "../models/route"
import { isServiceTier, type ServedTier, type ServiceTier } from "../tiers/service-tier"
import { takesTierSomewhere } from "../tiers/tier-support"
import type { CompactPriceRow } from "./compact-price-row"
import { PRICE_FIELDS, type PriceCard } from "./price-card"

export type PriceQuery = {
	/** Base model id; null when it is not known which model is called. */
	readonly baseModelId: string | null
	readonly region: string
	readonly route: Route
	readonly tier: ServedTier
	/** Input, cache reads and cache writes together: decides the context band. */
	readonly promptTokens: number
}

/** Why no row answers. */
export const PRICE_MISSES = [
	"model-unknown",
	"unknown-tier",
	"paid-by-reservation",
	"tier-not-offered",
	"region-not-priced",
	"tier-not-priced",
] as const
export type PriceMiss = (typeof PRICE_MISSES)[number]

export type PriceAnswer = { readonly card: PriceCard } | { readonly card: null; readonly reason: PriceMiss }

const ANY_REGION = "*"
const expanded = new Map<string, Map<string, PriceCard[]>>()

/** The one row that prices the request, or why there is none. Never another model's, region's or tier's row. */
export function findPriceCard(query: PriceQuery): PriceAnswer {
	const { baseModelId, region, route, tier } = query
	const model = baseModelId === null ? undefined : findModel(baseModelId)
	if (!model) return { card: null, reason: "model-unknown" }
	if (!isServiceTier(tier)) return { card: null, reason: "unknown-tier" }
	if (tier === "reserved") return { card: null, reason: "paid-by-reservation" }
	if (!takesTierSomewhere(model, tier)) return { card: null, reason: "tier-not-offered" }
	const cards = cardsOf(model.id)
	const rows = (place: string, rowTier: ServiceTier) => cards.get(cardKey(route, place, rowTier)) ?? []
	const card = [...rows(region, tier), ...rows(ANY_REGION, tier)].find(
		(row) =>
			query.promptTokens >= row.fromPromptTokens &&
			(row.belowPromptTokens === null || query.promptTokens < row.belowPromptTokens),
	)
	if (card) return { card }
	const priced = rows(region, "default").length + rows(ANY_REGION, "default").length > 0
	return { card: null, reason: priced ? "tier-not-priced" : "region-not-priced" }
}

/** Every row of one model, for tables and checks; empty when the model has none. */
export function priceCardsOf(baseModelId: string): PriceCard[] {
	return [...cardsOf(baseModelId).values()].flat()
}

function cardKey(route: Route, region: string, tier: ServiceTier): string {
	return `${route} ${region} ${tier}`
}

/** The generated rows are compact (regions with equal prices share one); a model's are unfolded on first use. */
function cardsOf(modelId: string): Map<string, PriceCard[]> {
	let cards = expanded.get(modelId)
	if (!cards) {
		cards = new Map()
		for (const row of PRICE_ROWS[modelId] ?? []) {
			for (const card of expandRow(modelId, row)) {
				const key = cardKey(card.route, card.region, card.tier)
				const bands = cards.get(key)
				if (bands) bands.push(card)
				else cards.set(key, [card])
			}
		}
		expanded.set(modelId, cards)
	}
	return cards
}

function expandRow(modelId: string, row: CompactPriceRow): PriceCard[] {
	const [route, tier, regions, prices, source, checkedOn, derivedMask, fromPromptTokens, belowPromptTokens] = row
	const [input, output, cacheRead, cacheWrite, cacheWrite1h] = prices
	return regions.split(" ").map((region) => ({
		modelId,
		region,
		route,
		tier,
		fromPromptTokens: fromPromptTokens ?? 0,
		belowPromptTokens: belowPromptTokens ?? null,
		inputUsdPerMTok: input,
		outputUsdPerMTok: output,
		cacheReadUsdPerMTok: cacheRead,
		cacheWriteUsdPerMTok: cacheWrite,
		cacheWrite1hUsdPerMTok: cacheWrite1h,
		source: SOURCE_KEYS[source] ?? String(source),
		checkedOn,
		derived: PRICE_FIELDS.filter((_, index) => derivedMask & (1 << index)),
	}))
}
