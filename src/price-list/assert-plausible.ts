import { PRICE_FIELDS, type PriceField, UNIT_PRICE_MEMBERS } from "@bedrock-tiers/core"
import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { CatalogPrices } from "./catalog-prices"
import type { PriceComparison, RowIdentity } from "./price-comparison"
import { PriceListFailure } from "./price-list-failure"

/** A price that differs by this factor has a wrong unit or is from a wrong file. It is not a new price. */
const IMPLAUSIBLE_FACTOR = 10
/** When more than half of all prices change by more than this percentage, the file is wrong. */
const LARGE_PERCENT = 50
/** USD per million tokens; five times the most expensive known price. */
const MAX_PLAUSIBLE_USD_PER_MTOK = 1_000

type Result = Pick<PriceComparison, "changes" | "newRows" | "confirmed"> & {
	readonly catalog: CatalogPrices
	/** Number of prices in the list that could be interpreted. */
	readonly readCount: number
}

/** @throws PriceListFailure `refused`, with a message that gives the reason, when the result is implausible */
export function assertPlausible({ catalog, changes, newRows, confirmed, readCount }: Result): void {
	if (readCount === 0) refuse(detail("price-list.implausible-shape"))
	for (const change of changes) {
		const { oldUsdPerMTok, newUsdPerMTok, field } = change
		if (!oldUsdPerMTok) assertPlausiblePrice(catalog, change, field, newUsdPerMTok)
		else if (isFarOff(newUsdPerMTok, [oldUsdPerMTok])) {
			const price = describePrice(change, field)
			refuse(detail("price-list.implausible-change", { price, oldUsdPerMTok, newUsdPerMTok }))
		}
	}
	for (const row of newRows) {
		for (const field of PRICE_FIELDS) {
			const usdPerMTok = row[UNIT_PRICE_MEMBERS[field]]
			if (usdPerMTok) assertPlausiblePrice(catalog, row, field, usdPerMTok)
		}
	}
	const changed = changes.filter(({ kind }) => kind === "changed")
	const large = changed.filter(({ percent }) => percent !== null && Math.abs(percent) > LARGE_PERCENT)
	const compared = confirmed + changes.filter(({ kind }) => kind === "changed" || kind === "now-printed").length
	if (large.length > compared / 2)
		refuse(detail("price-list.implausible-many", { changed: large.length, compared, percent: LARGE_PERCENT }))
}

function assertPlausiblePrice(catalog: CatalogPrices, row: RowIdentity, field: PriceField, usdPerMTok: number): void {
	const known = catalog.cards
		.filter(({ modelId, tier }) => modelId === row.modelId && tier === row.tier)
		.map((card) => card[UNIT_PRICE_MEMBERS[field]])
		.filter((price): price is number => price !== null && price > 0)
	if (usdPerMTok > MAX_PLAUSIBLE_USD_PER_MTOK || (known.length > 0 && isFarOff(usdPerMTok, known)))
		refuse(detail("price-list.implausible-price", { price: describePrice(row, field), usdPerMTok }))
}

/** Whether the price differs from every known price by a factor of ten or more. */
function isFarOff(usdPerMTok: number, known: readonly number[]): boolean {
	return known.every((price) => usdPerMTok >= price * IMPLAUSIBLE_FACTOR || usdPerMTok * IMPLAUSIBLE_FACTOR <= price)
}

function describePrice(row: RowIdentity, field: PriceField): string {
	return `${row.modelId} ${field} (${row.route}, ${row.region}, ${row.tier})`
}

function refuse(why: ErrorDetail): never {
	throw new PriceListFailure("refused", why)
}
