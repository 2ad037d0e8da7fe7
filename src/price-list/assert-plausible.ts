import { PRICE_FIELDS, type PriceCard, type PriceField, UNIT_PRICE_MEMBERS } from "@bedrock-tiers/core"
import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { CatalogPrices } from "./catalog-prices"
import type { PriceChange } from "./price-comparison"
import { PriceListFailure } from "./price-list-failure"

/** A price that differs by this factor has a wrong unit or is from a wrong file. It is not a new price. */
const IMPLAUSIBLE_FACTOR = 10
/** When more than half of all prices change by more than this percentage, the file is wrong. */
const LARGE_PERCENT = 50
/** USD per million tokens; five times the most expensive known price. */
const MAX_PLAUSIBLE_USD_PER_MTOK = 1_000

type Result = {
	readonly catalog: CatalogPrices
	readonly changes: readonly PriceChange[]
	readonly newRows: readonly PriceCard[]
	readonly confirmed: number
	/** Number of prices in the list that could be interpreted. */
	readonly readCount: number
}

/** @throws PriceListFailure `refused`, with a message that gives the reason, when the result is implausible */
export function assertPlausible({ catalog, changes, newRows, confirmed, readCount }: Result): void {
	if (readCount === 0) refuse(detail("price-list.implausible-shape"))
	for (const change of changes) {
		const { oldUsdPerMTok: old, newUsdPerMTok: now } = change
		if (old && isFarOff(now, [old]))
			refuse(
				detail("price-list.implausible-change", {
					price: describePrice(change, change.field),
					oldUsdPerMTok: old,
					newUsdPerMTok: now,
				}),
			)
		if (!old && isImplausible(catalog, change, change.field, now))
			refuse(
				detail("price-list.implausible-price", { price: describePrice(change, change.field), usdPerMTok: now }),
			)
	}
	for (const row of newRows) {
		for (const field of PRICE_FIELDS) {
			const now = row[UNIT_PRICE_MEMBERS[field]]
			if (now && isImplausible(catalog, row, field, now))
				refuse(detail("price-list.implausible-price", { price: describePrice(row, field), usdPerMTok: now }))
		}
	}
	const changed = changes.filter(({ kind }) => kind === "changed")
	const large = changed.filter(({ percent }) => percent !== null && Math.abs(percent) > LARGE_PERCENT)
	const compared = confirmed + changes.filter(({ kind }) => kind === "changed" || kind === "now-printed").length
	if (large.length > compared / 2)
		refuse(detail("price-list.implausible-many", { changed: large.length, compared, percent: LARGE_PERCENT }))
}

function isImplausible(
	catalog: CatalogPrices,
	{ modelId, tier }: { modelId: string; tier: string },
	field: PriceField,
	usdPerMTok: number,
): boolean {
	if (usdPerMTok > MAX_PLAUSIBLE_USD_PER_MTOK) return true
	const known = catalog.cards
		.filter((card) => card.modelId === modelId && card.tier === tier)
		.map((card) => card[UNIT_PRICE_MEMBERS[field]])
		.filter((price): price is number => price !== null && price > 0)
	return known.length > 0 && isFarOff(usdPerMTok, known)
}

/** Whether the price differs from every known price by a factor of ten or more. */
function isFarOff(usdPerMTok: number, known: readonly number[]): boolean {
	return known.every((price) => usdPerMTok >= price * IMPLAUSIBLE_FACTOR || usdPerMTok * IMPLAUSIBLE_FACTOR <= price)
}

function describePrice(
	row: { modelId: string; route: string; region: string; tier: string },
	field: PriceField,
): string {
	return `${row.modelId} ${field} (${row.route}, ${row.region}, ${row.tier})`
}

function refuse(why: ErrorDetail): never {
	throw new PriceListFailure("refused", why)
}
