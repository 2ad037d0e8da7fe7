import { PRICE_SOURCES, PRICE_PLACES, PRICE_ROWS } from "../generated/catalog"
import { findModel } from "../models/catalog"
import type { Route } from "../models/route"
import { isServiceTier, type ServedTier, type ServiceTier } from "../tiers/service-tier"
import { takesTierSomewhere } from "../tiers/tier-support"
import { tierPrices, unitPrices, type CompactPriceRow } from "./compact-price-row"
import { isInBand, PRICE_FIELDS, type PriceCard } from "./price-card"

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
	const rows = (place: string, rowTier: ServiceTier) => cards.get(cardKey(route, place, rowTier))
	const holds = (row: PriceCard) => isInBand(row, query.promptTokens)
	const card = rows(region, tier)?.find(holds) ?? rows(ANY_REGION, tier)?.find(holds)
	if (card) return { card }
	const priced = rows(region, "default") !== undefined || rows(ANY_REGION, "default") !== undefined
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
		for (const row of PRICE_ROWS[modelId] ?? []) unfoldRow(modelId, row, cards)
		expanded.set(modelId, cards)
	}
	return cards
}

function unfoldRow(modelId: string, row: CompactPriceRow, cards: Map<string, PriceCard[]>): void {
	const [tier, placeIndex, prices, sourceIndex, fromPromptTokens = 0, belowPromptTokens = null] = row
	const place = PRICE_PLACES[placeIndex]
	const from = PRICE_SOURCES[sourceIndex]
	if (!place || !from) return
	const [route, regions] = place
	const [source, checkedOn, derivedMask] = from
	for (const region of regions.split(" ")) {
		const base = cards
			.get(cardKey(route, region, "default"))
			?.find((card) => card.fromPromptTokens === fromPromptTokens)
		const own = prices === 0 ? base && tierPrices(base, tier) : unitPrices(prices)
		if (!own) continue
		const card: PriceCard = {
			...own,
			modelId,
			region,
			route,
			tier,
			fromPromptTokens,
			belowPromptTokens,
			source,
			checkedOn,
			derived: PRICE_FIELDS.filter((_, index) => derivedMask & (1 << index)),
		}
		const key = cardKey(route, region, tier)
		const bands = cards.get(key)
		if (bands) bands.push(card)
		else cards.set(key, [card])
	}
}
