import { groupBy, type PriceField, type SelectableTier } from "@bedrock-tiers/core"
import { timesPowerOfTen } from "./decimal"
import { findModelIdByName } from "./model-names"
import type { PriceList, PriceListEntry, PriceListOffer, PriceListProduct, PrintedPrice } from "./price-list"
import { LEFT_OUT_REASONS, parseUsageType, type LeftOutReason, type Meter, type UsageType } from "./usage-type"

/** One price of the list, in the terms of the catalog. */
export type ReadPrice = {
	readonly modelId: string
	/** Region of the file. */
	readonly region: string
	readonly meter: Meter
	readonly tier: SelectableTier
	readonly longContext: boolean
	readonly field: PriceField
	readonly usdPerMTok: number
	readonly usageType: string
	readonly offer: PriceListOffer
	/** ISO date. */
	readonly publishedOn: string
}

/** Reasons why a token price could not be interpreted or assigned to a row. */
export type NotUnderstoodReason =
	| "unknown-form"
	| "unknown-model"
	| "two-names"
	| "unknown-unit"
	| "unreadable-price"
	| "disagreeing"
	| "tier-not-offered"
	| "marked-unpriced"
	| "no-route"
	| "no-context-band"
	| "incomplete"
	| "differs-by-region"
	| "needs-every-region"

export type SkipReason = LeftOutReason | NotUnderstoodReason

/** A price of the list that was skipped, and the reason. */
export type SkippedPrice = {
	readonly reason: SkipReason
	readonly region: string
	readonly usageType: string
	/** Detail for the user: the unit, the two prices or the name; `null` when there is none. */
	readonly detail: string | null
}

/** Records that a price was skipped. Returns `null`, so that callers can return the result directly. */
export type Skip = (reason: SkipReason, detail?: string | null) => null

export function isLeftOut(reason: SkipReason): reason is LeftOutReason {
	return (LEFT_OUT_REASONS as readonly string[]).includes(reason)
}

const EDITION = / \(Amazon Bedrock Edition\)$/

/** Exponent of ten that converts a price in this unit to a price per million tokens. */
const UNITS: Readonly<Record<string, number>> = { "1k tokens": 3, "1m tokens": 0, tokens: 6, token: 6 }

/**
 * Converts the file of one region to prices in USD per million tokens. When two products have the same price, it is
 * returned once. When they disagree, both are skipped.
 * @param isModel whether the catalog has a model of this id
 */
export function toPriceRows(
	list: PriceList,
	region: string,
	isModel: (id: string) => boolean,
): { prices: ReadPrice[]; skipped: SkippedPrice[] } {
	const read: ReadPrice[] = []
	const skipped: SkippedPrice[] = []
	for (const entry of list.entries) {
		const { usageType } = entry.product
		const skip: Skip = (reason, detail = null) => {
			skipped.push({ reason, region, usageType, detail })
			return null
		}
		const usage = wantedUsage(entry.product, region, skip)
		if (!usage) continue
		const modelId = modelOf(entry.product, usage, isModel, skip)
		if (modelId === null) continue
		const usdPerMTok = priceOf(entry, skip)
		if (usdPerMTok === null) continue
		const { direction: field, tier, meter, longContext } = usage
		const from = { usageType, offer: list.offer, publishedOn: list.publishedOn }
		read.push({ modelId, region, meter, tier, longContext, field, usdPerMTok, ...from })
	}
	return { prices: mergeDuplicates(read, skipped), skipped }
}

/** The parsed usage type of a product that may have a usable price; `null` when the product was skipped. */
export function wantedUsage(product: PriceListProduct, region: string, skip: Skip): UsageType | null {
	const parsed = parseUsageType(product.usageType)
	if (parsed.kind === "left-out") return skip(parsed.reason)
	// For some products, only this attribute shows that the price is for batch.
	if (/batch/i.test(product.feature ?? "")) return skip("batch")
	if (product.regionCode !== null && product.regionCode !== region) return skip("other-region")
	return parsed.kind === "unknown-form" ? skip("unknown-form") : parsed.usage
}

function modelOf(
	{ serviceName, model }: PriceListProduct,
	{ modelName }: UsageType,
	isModel: (id: string) => boolean,
	skip: Skip,
): string | null {
	// In the offer AmazonBedrock all products have the same service name, so it does not identify the model.
	const names = modelName === null ? [serviceName?.replace(EDITION, "") ?? null] : [modelName, model]
	const named = findModelIdByName(names, isModel)
	const detail = names.filter((name) => name !== null).join(", ") || null
	if (named.modelId === null) return skip(named.reason === "two-names" ? "two-names" : "unknown-model", detail)
	return isModel(named.modelId) ? named.modelId : skip("unknown-model", named.modelId)
}

/** USD per million tokens. */
function priceOf({ prices }: PriceListEntry, skip: Skip): number | null {
	const values = new Set<number>()
	for (const price of prices) {
		const power = powerOf(price)
		if (power === null) return skip("unknown-unit", price.unit)
		const value = timesPowerOfTen(price.usd, power)
		if (value === null) return skip("unreadable-price", price.usd)
		values.add(value)
	}
	const [value] = values
	if (value === undefined || values.size > 1) return skip("disagreeing", [...values].join(", "))
	return value === 0 ? skip("free") : value
}

function powerOf({ unit, description }: PrintedPrice): number | null {
	const normalizedUnit = unit.trim().toLowerCase()
	// The marketplace's unit "Units" has no meaning; the description has the unit ("Million Input Tokens Global").
	if (normalizedUnit === "units" && /\bmillion\b(?:(?!\bmillion\b).)*\btokens\b/i.test(description)) return 0
	return Object.hasOwn(UNITS, normalizedUnit) ? (UNITS[normalizedUnit] ?? null) : null
}

function mergeDuplicates(prices: readonly ReadPrice[], skipped: SkippedPrice[]): ReadPrice[] {
	const groups = groupBy(prices, ({ modelId, meter, tier, longContext, field }) =>
		[modelId, meter, tier, longContext, field].join(" "),
	)
	return [...groups.values()].flatMap((group) => {
		const [first] = group
		if (group.every(({ usdPerMTok }) => usdPerMTok === first.usdPerMTok)) return [first]
		const detail = group.map(({ usageType, usdPerMTok }) => `${usageType} ${usdPerMTok}`).join(", ")
		skipped.push({ reason: "disagreeing", region: first.region, usageType: first.usageType, detail })
		return []
	})
}
