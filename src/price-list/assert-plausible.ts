import { PRICE_FIELDS, type PriceCard, type PriceField, UNIT_PRICE_MEMBERS, t } from "@bedrock-tiers/core"
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
	if (readCount === 0) refuse(t("none of the catalog's prices is in it, so its form must have changed"))
	for (const change of changes) {
		const { oldUsdPerMTok: old, newUsdPerMTok: now } = change
		if (old && isFarOff(now, [old]))
			refuse(
				t("{0} would go from ${1} to ${2} per million tokens", describePrice(change, change.field), old, now),
			)
		if (!old && isImplausible(catalog, change, change.field, now))
			refuse(
				t(
					"{0} would be ${1} per million tokens, far from the model's other prices",
					describePrice(change, change.field),
					now,
				),
			)
	}
	for (const row of newRows) {
		for (const field of PRICE_FIELDS) {
			const now = row[UNIT_PRICE_MEMBERS[field]]
			if (now && isImplausible(catalog, row, field, now))
				refuse(
					t(
						"{0} would be ${1} per million tokens, far from the model's other prices",
						describePrice(row, field),
						now,
					),
				)
		}
	}
	const changed = changes.filter(({ kind }) => kind === "changed")
	const large = changed.filter(({ percent }) => percent !== null && Math.abs(percent) > LARGE_PERCENT)
	const compared = confirmed + changes.filter(({ kind }) => kind === "changed" || kind === "now-printed").length
	if (large.length > compared / 2)
		refuse(t("{0} of {1} prices would change by more than {2} %", large.length, compared, LARGE_PERCENT))
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

function refuse(why: string): never {
	throw new PriceListFailure("refused", t("The price list cannot be right: {0}. Nothing was changed.", why))
}
