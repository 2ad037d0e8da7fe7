import {
	PRICE_FIELDS,
	type PriceCard,
	type PriceField,
	SELECTABLE_TIERS,
	type SelectableTier,
	TIER_FACTORS,
	timesFactor,
	UNIT_PRICE_MEMBERS,
} from "@bedrock-tiers/core"
import type { CatalogPrices } from "./catalog-prices"
import { printedKey, type Place } from "./place-prices"
import type { SkippedPrice } from "./to-price-rows"
import { perField, pricesOf, type Prices } from "./unit-prices"

/** A row in the catalog (`null` when there is none) and the row that would replace it. */
export type NextRow = { readonly before: PriceCard | null; readonly after: PriceCard }

/**
 * Computes the new rows of a place from the prices in the list. A printed price replaces the catalog's price, a derived
 * price follows its base, and a price that is not in the list stays. A new place gets a row for every tier that the
 * model supports.
 */
export function nextRows(catalog: CatalogPrices, place: Place, skipped: SkippedPrice[]): NextRow[] {
	const before = place.cards.find(({ tier }) => tier === "default") ?? null
	const base = nextRow(place, "default", before, null)
	if (!before && (base.inputUsdPerMTok === null || base.outputUsdPerMTok === null)) {
		for (const { region, usageType } of place.printed.values())
			skipped.push({ reason: "incomplete", region, usageType, detail: place.modelId })
		return []
	}
	// A new place has the tiers that the catalog prices elsewhere.
	const priced = new Set(catalog.cards.filter(({ modelId }) => modelId === place.modelId).map(({ tier }) => tier))
	const rows: NextRow[] = [{ before, after: base }]
	for (const tier of SELECTABLE_TIERS) {
		if (tier === "default") continue
		const card = place.cards.find((row) => row.tier === tier) ?? null
		const printed = PRICE_FIELDS.some((field) => place.printed.has(printedKey(tier, field)))
		const missing = place.cards.length === 0 && priced.has(tier)
		if (card || printed || missing)
			rows.push({ before: card, after: nextRow(place, tier, card, { before, after: base }) })
	}
	return rows
}

/** @param base the row of the default tier; `null` when this is that row */
function nextRow(place: Place, tier: SelectableTier, card: PriceCard | null, base: NextRow | null): PriceCard {
	const old = card ? pricesOf(card) : null
	const printedOf = (field: PriceField) => place.printed.get(printedKey(tier, field))
	const prices = perField((field) => {
		const printed = printedOf(field)
		if (printed) return printed.usdPerMTok
		if (keepsCatalogPrice(card, field, base)) return card?.[UNIT_PRICE_MEMBERS[field]] ?? null
		return base ? fromBase(field, tier, old, base) : fromInput(field, old, printedOf("input")?.usdPerMTok)
	})
	const derived = PRICE_FIELDS.filter(
		(field) => prices[field] !== null && !printedOf(field) && !keepsCatalogPrice(card, field, base),
	)
	const isUnchanged =
		old !== null &&
		PRICE_FIELDS.every((field) => prices[field] === old[field]) &&
		derived.length === card?.derived.length
	if (card && isUnchanged) return card
	const publishedOn = [...place.printed.values()].reduce((latest, price) => maximum(latest, price.publishedOn), "")
	const { modelId, region, route, fromPromptTokens, belowPromptTokens } = place
	return {
		...card,
		...{ modelId, region, route, tier, fromPromptTokens, belowPromptTokens },
		...toUnitPrices(prices),
		source: `aws-price-list-${publishedOn}`,
		checkedOn: publishedOn,
		derived,
	}
}

/** Whether the catalog's value stays: it was printed by a source, or it is unknown and cannot be derived. */
function keepsCatalogPrice(card: PriceCard | null, field: PriceField, base: NextRow | null): boolean {
	if (card?.derived.includes(field)) return false
	return base === null || (card !== null && card[UNIT_PRICE_MEMBERS[field]] !== null)
}

/** Derives a Flex or Priority price that is not printed: factor × base when the base changed or the row is new. */
function fromBase(field: PriceField, tier: SelectableTier, old: Prices | null, base: NextRow): number | null {
	const now = base.after[UNIT_PRICE_MEMBERS[field]]
	const isBaseUnchanged = base.before?.[UNIT_PRICE_MEMBERS[field]] === now
	if (old && isBaseUnchanged) return old[field]
	return now === null ? null : timesFactor(now, TIER_FACTORS[tier])
}

/** Keeps the ratio of a Standard price that the catalog derived from the input price, such as cache reads. */
function fromInput(field: PriceField, old: Prices | null, newInput: number | undefined): number | null {
	const price = old?.[field] ?? null
	const oldInput = old?.input ?? null
	if (price === null || oldInput === null || newInput === undefined || newInput === oldInput) return price
	return timesFactor(price, newInput / oldInput)
}

function toUnitPrices(prices: Prices) {
	return {
		inputUsdPerMTok: prices.input,
		outputUsdPerMTok: prices.output,
		cacheReadUsdPerMTok: prices.cacheRead,
		cacheWriteUsdPerMTok: prices.cacheWrite,
		cacheWrite1hUsdPerMTok: prices.cacheWrite1h,
	}
}

function maximum(a: string, b: string): string {
	return a > b ? a : b
}
