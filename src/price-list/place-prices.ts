import {
	availableRoutes,
	groupBy,
	type PriceCard,
	type PriceField,
	type Route,
	takesTierSomewhere,
	UNIT_PRICE_MEMBERS,
} from "@bedrock-tiers/core"
import type { CatalogPrices } from "./catalog-prices"
import type { NotUnderstoodReason, ReadPrice, SkippedPrice } from "./to-price-rows"
import type { Meter } from "./usage-type"

/** The rows of all tiers for one model, route, region and band of prompt lengths. */
export type Place = {
	readonly modelId: string
	readonly route: Route
	/** "*" when the catalog has one row for all regions. */
	readonly region: string
	readonly fromPromptTokens: number
	readonly belowPromptTokens: number | null
	/** The catalog's rows; empty for a new place. */
	readonly cards: readonly PriceCard[]
	/** Prices in the list, at most one per tier and field, keyed by `printedKey`. */
	readonly printed: ReadonlyMap<string, ReadPrice>
}

export const ROUTES_OF_METER: Readonly<Record<Meter, readonly Route[]>> = {
	regional: ["in-region", "geo"],
	geo: ["geo"],
	global: ["global"],
}

/** Returns the key of `Place.printed`. */
export function printedKey(tier: string, field: PriceField): string {
	return `${tier} ${field}`
}

export function placeKey(place: Pick<PriceCard, "modelId" | "route" | "region" | "fromPromptTokens">): string {
	return `${place.modelId} ${place.route} ${place.region} ${place.fromPromptTokens}`
}

/**
 * Assigns each price to a place where the catalog has rows for it, or to a new place where the model can be called.
 * @param everyRegion whether all priced regions of the catalog were read. A row for all regions changes only then, and
 * only when the regions agree.
 */
export function placePrices(
	catalog: CatalogPrices,
	prices: readonly ReadPrice[],
	everyRegion: boolean,
): { places: Place[]; skipped: SkippedPrice[] } {
	const skipped: SkippedPrice[] = []
	const byPlace = groupBy(catalog.cards, placeKey)
	const byRoute = groupBy(catalog.cards, ({ modelId, route, region }) => `${modelId} ${route} ${region}`)
	const priced = new Set(catalog.cards.map(({ modelId, tier }) => `${modelId} ${tier}`))
	const found: { readonly place: Omit<Place, "printed">; readonly price: ReadPrice }[] = []

	for (const price of prices) {
		const model = catalog.models.get(price.modelId)
		if (!model) continue
		if (price.tier !== "default" && !takesTierSomewhere(model, price.tier)) {
			skipped.push(toSkippedPrice("tier-not-offered", price, price.tier))
			continue
		}
		// The catalog marks tiers of a model that have no price anywhere; a new price would contradict this mark.
		if (!priced.has(`${model.id} ${price.tier}`)) {
			skipped.push(toSkippedPrice("marked-unpriced", price, price.tier))
			continue
		}
		const callable = availableRoutes(model, price.region)
		let reason: NotUnderstoodReason | null = "no-route"
		for (const route of ROUTES_OF_METER[price.meter]) {
			const region = [price.region, "*"].find((place) => byRoute.has(`${model.id} ${route} ${place}`))
			if (region === undefined && !callable.includes(route)) continue
			const rows = byRoute.get(`${model.id} ${route} ${region}`) ?? []
			const bands = new Set(rows.map(({ fromPromptTokens }) => fromPromptTokens).filter((from) => from > 0))
			const [longFrom] = bands
			if (price.longContext && (longFrom === undefined || bands.size > 1)) {
				reason = "no-context-band"
				continue
			}
			reason = null
			const fromPromptTokens = price.longContext ? (longFrom ?? 0) : 0
			const identity = { modelId: model.id, route, region: region ?? price.region, fromPromptTokens }
			const cards = byPlace.get(placeKey(identity)) ?? []
			const belowPromptTokens = cards[0]?.belowPromptTokens ?? null
			found.push({ place: { ...identity, belowPromptTokens, cards }, price })
		}
		if (reason !== null) skipped.push(toSkippedPrice(reason, price, null))
	}

	const places = [...groupBy(found, ({ place }) => placeKey(place)).values()].map((group): Place => {
		const [{ place }] = group
		const prices = group.map(({ price }) => price)
		const printed = new Map<string, ReadPrice>()
		for (const [key, votes] of groupBy(prices, ({ tier, field }) => printedKey(tier, field))) {
			const price = findAgreedPrice(place, votes, everyRegion, skipped)
			if (price) printed.set(key, price)
		}
		return { ...place, printed }
	})
	return { places, skipped }
}

/**
 * Returns the price on which all meters and regions agree for one tier and field. Returns `null` when they disagree, or
 * when the price of a row for all regions would change although not all regions were read.
 */
function findAgreedPrice(
	place: Omit<Place, "printed">,
	votes: readonly [ReadPrice, ...ReadPrice[]],
	everyRegion: boolean,
	skipped: SkippedPrice[],
): ReadPrice | null {
	const [first] = votes
	const values = new Set(votes.map(({ usdPerMTok }) => usdPerMTok))
	if (values.size > 1) {
		const reason = place.region === "*" ? "differs-by-region" : "disagreeing"
		skipped.push(toSkippedPrice(reason, first, [...values].sort((a, b) => a - b).join(", ")))
		return null
	}
	if (place.region !== "*" || everyRegion) return first
	const card = place.cards.find(({ tier }) => tier === first.tier)
	if (card?.[UNIT_PRICE_MEMBERS[first.field]] === first.usdPerMTok) return first
	skipped.push(toSkippedPrice("needs-every-region", first, String(first.usdPerMTok)))
	return null
}

function toSkippedPrice(
	reason: NotUnderstoodReason,
	{ region, usageType }: ReadPrice,
	detail: string | null,
): SkippedPrice {
	return { reason, region, usageType, detail }
}
