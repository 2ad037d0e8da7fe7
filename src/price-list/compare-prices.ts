import {
	isSelectableTier,
	PRICE_FIELDS,
	type PriceCard,
	tierPrice,
	tierPriceRuleOf,
	UNIT_PRICE_MEMBERS,
} from "@bedrock-tiers/core"
import { pricedRegions, type CatalogPrices } from "./catalog-prices"
import { nextRows } from "./next-rows"
import { placeKey, placePrices, printedKey, ROUTES_OF_METER, type Place } from "./place-prices"
import { assertPlausible } from "./assert-plausible"
import type { OffRule, PriceChange, PriceComparison, RowIdentity } from "./price-comparison"
import type { ReadPrice } from "./to-price-rows"

/**
 * Compares the prices of the price list with the catalog.
 * @param regions the regions whose files were read
 * @throws PriceListFailure `refused` when the result is implausible: no price was read, a price is off by a factor of
 * ten, or more than half of the prices are off by more than 50 %
 */
export function comparePrices(
	catalog: CatalogPrices,
	prices: readonly ReadPrice[],
	regions: readonly string[],
): PriceComparison {
	const everyRegion = pricedRegions(catalog).every((region) => regions.includes(region))
	const placed = placePrices(catalog, prices, everyRegion)
	const skipped = [...placed.skipped]
	const changes: PriceChange[] = []
	const updatedRows: PriceCard[] = []
	const newRows: PriceCard[] = []
	const offRule: OffRule[] = []
	let confirmed = 0

	for (const place of placed.places) {
		const rows = nextRows(catalog, place, skipped)
		for (const { before, after } of rows) {
			if (!before) {
				newRows.push(after)
				continue
			}
			const rowChanges = changesOf(place, before, after)
			changes.push(...rowChanges)
			if (rowChanges.length > 0) updatedRows.push(after)
			confirmed += countConfirmed(place, before)
		}
		const nextCards = rows.map(({ after }) => after)
		offRule.push(...offRuleOf(place, nextCards))
	}
	assertPlausible({ catalog, changes, newRows, confirmed, readCount: prices.length })
	const goneRows = findGoneRows(catalog, prices, regions)
	return { changes, updatedRows, newRows, goneRows, offRule, confirmed, skipped }
}

function identityOf({ modelId, route, region, tier, fromPromptTokens }: PriceCard): RowIdentity {
	return { modelId, route, region, tier, fromPromptTokens }
}

function changesOf(place: Place, before: PriceCard, after: PriceCard): PriceChange[] {
	return PRICE_FIELDS.flatMap((field): PriceChange[] => {
		const oldUsdPerMTok = before[UNIT_PRICE_MEMBERS[field]]
		const newUsdPerMTok = after[UNIT_PRICE_MEMBERS[field]]
		if (newUsdPerMTok === null) return []
		const same = oldUsdPerMTok === newUsdPerMTok
		const printed = place.printed.has(printedKey(after.tier, field))
		if (same && !(printed && before.derived.includes(field))) return []
		const kind = same ? "now-printed" : !printed ? "follows" : oldUsdPerMTok === null ? "first-price" : "changed"
		const percent = !oldUsdPerMTok ? null : (newUsdPerMTok / oldUsdPerMTok - 1) * 100
		return [{ ...identityOf(after), field, kind, oldUsdPerMTok, newUsdPerMTok, percent }]
	})
}

function countConfirmed(place: Place, before: PriceCard): number {
	return PRICE_FIELDS.filter((field) => {
		const price = place.printed.get(printedKey(before.tier, field))
		return price && price.usdPerMTok === before[UNIT_PRICE_MEMBERS[field]] && !before.derived.includes(field)
	}).length
}

function offRuleOf(place: Place, rows: readonly PriceCard[]): OffRule[] {
	const base = rows.find(({ tier }) => tier === "default")
	if (!base) return []
	return rows.flatMap((row) => {
		const tier = isSelectableTier(row.tier) ? row.tier : "default"
		const rule = tierPriceRuleOf(row.modelId, row.region)
		return PRICE_FIELDS.flatMap((field): OffRule[] => {
			const usdPerMTok = row[UNIT_PRICE_MEMBERS[field]]
			const from = base[UNIT_PRICE_MEMBERS[field]]
			if (usdPerMTok === null || from === null || !place.printed.has(printedKey(row.tier, field))) return []
			const expectedUsdPerMTok = tierPrice(from, tier, rule)
			return usdPerMTok === expectedUsdPerMTok
				? []
				: [{ ...identityOf(row), field, usdPerMTok, expectedUsdPerMTok }]
		})
	})
}

/**
 * Finds rows in the regions read whose source is an AWS price list, but for which this list has neither an input nor an
 * output price.
 */
function findGoneRows(catalog: CatalogPrices, prices: readonly ReadPrice[], regions: readonly string[]): RowIdentity[] {
	const printed = new Set<string>()
	for (const { modelId, region, meter, tier } of prices) {
		for (const route of ROUTES_OF_METER[meter])
			for (const place of [region, "*"]) printed.add(`${modelId} ${route} ${place} ${tier}`)
	}
	return catalog.cards
		.filter(({ source, region, derived }) => {
			const fromList = source.startsWith("aws-price-list-") && !derived.includes("input")
			return fromList && (region === "*" || regions.includes(region))
		})
		.filter(({ modelId, route, region, tier }) => !printed.has(`${modelId} ${route} ${region} ${tier}`))
		.map(identityOf)
		.sort((a, b) => placeKey(a).localeCompare(placeKey(b), "en"))
}
