import {
	PRICE_FIELDS,
	type PriceCard,
	type PriceField,
	SELECTABLE_TIERS,
	type SelectableTier,
	tierPrice,
	tierPriceRuleOf,
	timesFactor,
	UNIT_PRICE_KEYS,
	UNIT_PRICE_MEMBERS,
	type UnitPrices,
	unitPrices,
} from "@bedrock-tiers/core"
import type { CatalogPrices } from "./catalog-prices"
import { printedKey, type Place } from "./place-prices"
import type { SkippedPrice } from "./to-price-rows"

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
	const printedOf = (field: PriceField) => place.printed.get(printedKey(tier, field))
	const derivedFields = PRICE_FIELDS.filter((field) => !printedOf(field) && !keepsCatalogPrice(card, field, base))
	const prices = PRICE_FIELDS.map((field) => {
		const member = UNIT_PRICE_MEMBERS[field]
		if (!derivedFields.includes(field)) return printedOf(field)?.usdPerMTok ?? card?.[member] ?? null
		return base
			? fromBase(member, card, base, place, tier)
			: fromInput(member, card, printedOf("input")?.usdPerMTok)
	})
	const derived = derivedFields.filter((field) => prices[PRICE_FIELDS.indexOf(field)] !== null)
	const isUnchanged =
		UNIT_PRICE_KEYS.every((key, index) => prices[index] === card?.[key]) && derived.length === card?.derived.length
	if (card && isUnchanged) return card
	const dates = [...place.printed.values()].map((price) => price.publishedOn)
	const publishedOn = dates.sort().at(-1) ?? ""
	const { modelId, region, route, fromPromptTokens, belowPromptTokens } = place
	return {
		...card,
		...{ modelId, region, route, tier, fromPromptTokens, belowPromptTokens },
		...unitPrices(prices),
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

/** Derives a Flex or Priority price that is not printed, by the tier's rule, when the base changed or the row is new. */
function fromBase(
	member: keyof UnitPrices,
	old: PriceCard | null,
	base: NextRow,
	{ modelId, region }: Place,
	tier: SelectableTier,
): number | null {
	const now = base.after[member]
	return old && base.before?.[member] === now ? old[member] : tierPrice(now, tier, tierPriceRuleOf(modelId, region))
}

/** Keeps the ratio of a Standard price that the catalog derived from the input price, such as cache reads. */
function fromInput(member: keyof UnitPrices, old: PriceCard | null, newInput: number | undefined): number | null {
	const price = old?.[member] ?? null
	const oldInput = old?.inputUsdPerMTok ?? null
	if (price === null || oldInput === null || newInput === undefined || newInput === oldInput) return price
	return timesFactor(price, newInput / oldInput)
}
