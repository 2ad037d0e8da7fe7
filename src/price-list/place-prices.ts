import {
	availableRoutes,
	type PriceCard,
	type PriceField,
	type Route,
	takesTierSomewhere,
	UNIT_PRICE_MEMBERS,
} from "@bedrock-tiers/core"
import type { CatalogPrices } from "./catalog-prices"
import type { NotTaken, NotUnderstoodReason, ReadPrice } from "./to-price-rows"
import type { Meter } from "./usage-type"

/** Where rows of all tiers stand side by side: one model, route, region and band of prompt lengths. */
export type Place = {
	readonly modelId: string
	readonly route: Route
	/** "*" = the catalog has one row for all regions. */
	readonly region: string
	readonly fromPromptTokens: number
	readonly belowPromptTokens: number | null
	/** The catalog's rows; none = a new place. */
	readonly cards: readonly PriceCard[]
	/** What the list prints for it, at most one price a tier and field. */
	readonly printed: ReadonlyMap<string, ReadPrice>
}

const ROUTES_OF_METER: Readonly<Record<Meter, readonly Route[]>> = {
	regional: ["in-region", "geo"],
	geo: ["geo"],
	global: ["global"],
}

/** The key of `Place.printed`. */
export function printedKey(tier: string, field: PriceField): string {
	return `${tier} ${field}`
}

export function placeKey(place: Pick<PriceCard, "modelId" | "route" | "region" | "fromPromptTokens">): string {
	return `${place.modelId} ${place.route} ${place.region} ${place.fromPromptTokens}`
}

/**
 * Puts each price where the catalog has rows for it, or where the model can be called and should have some.
 * @param everyRegion whether the regions that were read are all that the catalog has prices for: a row for all
 * regions changes only then, and only where the regions agree
 */
export function placePrices(
	catalog: CatalogPrices,
	prices: readonly ReadPrice[],
	everyRegion: boolean,
): { places: Place[]; notTaken: NotTaken[] } {
	const notTaken: NotTaken[] = []
	const byPlace = groupBy(catalog.cards, placeKey)
	const byRoute = groupBy(catalog.cards, ({ modelId, route, region }) => `${modelId} ${route} ${region}`)
	const priced = new Set(catalog.cards.map(({ modelId, tier }) => `${modelId} ${tier}`))
	const found = new Map<string, { place: Omit<Place, "printed">; votes: Map<string, ReadPrice[]> }>()

	for (const price of prices) {
		const model = catalog.models.get(price.modelId)
		if (!model) continue
		if (price.tier !== "default" && !takesTierSomewhere(model, price.tier)) {
			notTaken.push(left("tier-not-offered", price, price.tier))
			continue
		}
		// Where the catalog prices a tier of the model nowhere, it says so; one price more would contradict it.
		if (!priced.has(`${model.id} ${price.tier}`)) {
			notTaken.push(left("marked-unpriced", price, price.tier))
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
			const entry = found.get(placeKey(identity)) ?? {
				place: { ...identity, belowPromptTokens, cards },
				votes: new Map<string, ReadPrice[]>(),
			}
			found.set(placeKey(identity), entry)
			const key = printedKey(price.tier, price.field)
			entry.votes.set(key, [...(entry.votes.get(key) ?? []), price])
		}
		if (reason !== null) notTaken.push(left(reason, price, null))
	}

	const places = [...found.values()].map(({ place, votes }): Place => {
		const printed = new Map<string, ReadPrice>()
		for (const [key, group] of votes) {
			const price = decide(place, group, everyRegion, notTaken)
			if (price) printed.set(key, price)
		}
		return { ...place, printed }
	})
	return { places, notTaken }
}

/** What several meters or regions say for one cell: the price they agree on, or none. */
function decide(
	place: Omit<Place, "printed">,
	votes: readonly ReadPrice[],
	everyRegion: boolean,
	notTaken: NotTaken[],
): ReadPrice | null {
	const [first] = votes
	if (!first) return null
	const values = new Set(votes.map(({ usdPerMTok }) => usdPerMTok))
	if (values.size > 1) {
		const reason = place.region === "*" ? "differs-by-region" : "disagreeing"
		notTaken.push(left(reason, first, [...values].sort((a, b) => a - b).join(", ")))
		return null
	}
	if (place.region !== "*" || everyRegion) return first
	const card = place.cards.find(({ tier }) => tier === first.tier)
	if (card?.[UNIT_PRICE_MEMBERS[first.field]] === first.usdPerMTok) return first
	notTaken.push(left("needs-every-region", first, String(first.usdPerMTok)))
	return null
}

function left(reason: NotUnderstoodReason, { region, usageType }: ReadPrice, detail: string | null): NotTaken {
	return { reason, region, usageType, detail }
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>()
	for (const item of items) {
		const group = groups.get(key(item))
		if (group) group.push(item)
		else groups.set(key(item), [item])
	}
	return groups
}
