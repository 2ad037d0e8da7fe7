import { PRICE_SOURCES, PRICE_PLACES, PRICE_ROWS, ROUNDED_TIER_PRICES } from "../generated/catalog"
import { findModel } from "../models/catalog"
import type { Route } from "../models/route"
import { isServiceTier, type ServedTier, type ServiceTier } from "../tiers/service-tier"
import { takesTierSomewhere } from "../tiers/tier-support"
import type { CompactPriceRow } from "./compact-price-row"
import { isInBand, PRICE_FIELDS, type PriceCard } from "./price-card"
import { tierPriceRule, tierPrices, type TierPriceRule } from "./tier-price"
import { unitPrices } from "./unit-price"

export type PriceQuery = {
	/** Base model id; `null` when it is not known which model is called. */
	readonly baseModelId: string | null
	readonly region: string
	readonly route: Route
	readonly tier: ServedTier
	/** Input, cache reads and cache writes together; determines the context band. */
	readonly promptTokens: number
}

/** Reasons why no price card applies. */
export const PRICE_MISSES = [
	"model-unknown",
	"unknown-tier",
	"paid-by-reservation",
	"tier-not-offered",
	"region-not-priced",
	"tier-not-priced",
] as const
export type PriceMiss = (typeof PRICE_MISSES)[number]

export type PriceCardResult = { readonly card: PriceCard } | { readonly card: null; readonly reason: PriceMiss }

const ANY_REGION = "*"
const cardsByModel = new Map<string, Map<string, PriceCard[]>>()

/** The one price card that applies, or the reason why no card does. Never another model's, region's or tier's card. */
export function findPriceCard(query: PriceQuery): PriceCardResult {
	const { baseModelId, region, route, tier } = query
	const model = baseModelId === null ? undefined : findModel(baseModelId)
	if (!model) return { card: null, reason: "model-unknown" }
	if (!isServiceTier(tier)) return { card: null, reason: "unknown-tier" }
	// Also when the catalog knows of no reservation: AWS reports that one served.
	if (tier === "reserved") return { card: null, reason: "paid-by-reservation" }
	if (!takesTierSomewhere(model, tier)) return { card: null, reason: "tier-not-offered" }
	const cards = cardsOf(model.id)
	const rows = (place: string, rowTier: ServiceTier) => cards.get(cardKey(route, place, rowTier))
	const hasMatchingBand = (row: PriceCard) => isInBand(row, query.promptTokens)
	const card = rows(region, tier)?.find(hasMatchingBand) ?? rows(ANY_REGION, tier)?.find(hasMatchingBand)
	if (card) return { card }
	const isRegionPriced = rows(region, "default") !== undefined || rows(ANY_REGION, "default") !== undefined
	return { card: null, reason: isRegionPriced ? "tier-not-priced" : "region-not-priced" }
}

/** Every price card of one model, for tables and checks; empty when the model has no prices. */
export function priceCardsOf(baseModelId: string): PriceCard[] {
	return [...cardsOf(baseModelId).values()].flat()
}

/** How AWS computes the tier prices of a model in a region. */
export function tierPriceRuleOf(modelId: string, region: string): TierPriceRule {
	return tierPriceRule(region, ROUNDED_TIER_PRICES.includes(modelId))
}

function cardKey(route: Route, region: string, tier: ServiceTier): string {
	return `${route} ${region} ${tier}`
}

/** Expands the compact rows of a model (regions with equal prices share one) on first use. */
function cardsOf(modelId: string): Map<string, PriceCard[]> {
	let cards = cardsByModel.get(modelId)
	if (!cards) {
		cards = new Map()
		for (const row of PRICE_ROWS[modelId] ?? []) expandRow(modelId, row, cards)
		cardsByModel.set(modelId, cards)
	}
	return cards
}

function expandRow(modelId: string, row: CompactPriceRow, cards: Map<string, PriceCard[]>): void {
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
		const rowPrices =
			prices === 0 ? base && tierPrices(base, tier, tierPriceRuleOf(modelId, region)) : unitPrices(prices)
		if (!rowPrices) continue
		const card: PriceCard = {
			...rowPrices,
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
