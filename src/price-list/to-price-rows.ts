import type { PriceField, SelectableTier } from "@bedrock-tiers/core"
import { timesPowerOfTen } from "./decimal"
import { modelNamed } from "./model-names"
import type { PriceList, PriceListEntry, PriceListOffer, PriceListProduct, PrintedPrice } from "./price-list"
import { LEFT_OUT_REASONS, parseUsageType, type LeftOutReason, type Meter, type UsageType } from "./usage-type"

/** One price that the list prints, in the catalog's words. */
export type ReadPrice = {
	readonly modelId: string
	/** Whose file it is from. */
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

/** Token prices that were read but not understood, or not to be placed. */
export const NOT_UNDERSTOOD_REASONS = [
	"unknown-form",
	"unknown-model",
	"two-names",
	"unknown-unit",
	"unreadable-price",
	"disagreeing",
	"tier-not-offered",
	"marked-unpriced",
	"no-route",
	"no-context-band",
	"incomplete",
	"differs-by-region",
	"needs-every-region",
] as const
export type NotUnderstoodReason = (typeof NOT_UNDERSTOOD_REASONS)[number]

export type NotTakenReason = LeftOutReason | NotUnderstoodReason

/** A product that gave no price, and why. */
export type NotTaken = {
	readonly reason: NotTakenReason
	readonly region: string
	readonly usageType: string
	/** What would help a person: the unit, the two prices, the name. */
	readonly detail: string | null
}

export type Leave = (reason: NotTakenReason, detail?: string | null) => null

export function isLeftOut(reason: NotTakenReason): reason is LeftOutReason {
	return (LEFT_OUT_REASONS as readonly string[]).includes(reason)
}

const EDITION = / \(Amazon Bedrock Edition\)$/

/** Powers of ten that make a price one per million tokens. */
const UNITS: Readonly<Record<string, number>> = { "1k tokens": 3, "1m tokens": 0, tokens: 6, token: 6 }

/**
 * Turns one region's file into prices in USD per million tokens. Two products that say one price are one; two that
 * disagree are none.
 * @param isModel whether the catalog has a model of this id
 */
export function toPriceRows(
	list: PriceList,
	region: string,
	isModel: (id: string) => boolean,
): { prices: ReadPrice[]; notTaken: NotTaken[] } {
	const read = new Map<string, ReadPrice[]>()
	const notTaken: NotTaken[] = []
	for (const entry of list.entries) {
		const { usageType } = entry.product
		const leave: Leave = (reason, detail = null) => {
			notTaken.push({ reason, region, usageType, detail })
			return null
		}
		const usage = wantedUsage(entry.product, region, leave)
		if (!usage) continue
		const modelId = modelOf(entry.product, usage, isModel, leave)
		if (modelId === null) continue
		const usdPerMTok = priceOf(entry, leave)
		if (usdPerMTok === null) continue
		const { direction: field, tier, meter, longContext } = usage
		const from = { usageType, offer: list.offer, publishedOn: list.publishedOn }
		const price = { modelId, region, meter, tier, longContext, field, usdPerMTok, ...from }
		const key = [modelId, meter, tier, longContext, field].join(" ")
		const same = read.get(key)
		if (same) same.push(price)
		else read.set(key, [price])
	}
	return { prices: agreed([...read.values()], notTaken), notTaken }
}

/** Whether the product is worth keeping while the file is read; if not, the reason is told. */
export function wantedUsage(product: PriceListProduct, region: string, leave: Leave): UsageType | null {
	const parsed = parseUsageType(product.usageType)
	if (parsed.kind === "left-out") return leave(parsed.reason)
	// Some batch prices say so in this attribute only.
	if (/batch/i.test(product.feature ?? "")) return leave("batch")
	if (product.regionCode !== null && product.regionCode !== region) return leave("other-region")
	return parsed.kind === "unknown-form" ? leave("unknown-form") : parsed.usage
}

function modelOf(
	{ serviceName, model }: PriceListProduct,
	{ modelName }: UsageType,
	isModel: (id: string) => boolean,
	leave: Leave,
): string | null {
	// In the offer AmazonBedrock every product has the same service name.
	const names = modelName === null ? [serviceName?.replace(EDITION, "") ?? null] : [modelName, model]
	const named = modelNamed(names, isModel)
	const detail = names.filter((name) => name !== null).join(", ") || null
	if (named.modelId === null) return leave(named.reason === "two-names" ? "two-names" : "unknown-model", detail)
	return isModel(named.modelId) ? named.modelId : leave("unknown-model", named.modelId)
}

/** USD per million tokens. */
function priceOf({ prices }: PriceListEntry, leave: Leave): number | null {
	const values = new Set<number>()
	for (const price of prices) {
		const power = powerOf(price)
		if (power === null) return leave("unknown-unit", price.unit)
		const value = timesPowerOfTen(price.usd, power)
		if (value === null) return leave("unreadable-price", price.usd)
		values.add(value)
	}
	const [value] = values
	if (value === undefined || values.size > 1) return leave("disagreeing", [...values].join(", "))
	return value === 0 ? leave("free") : value
}

function powerOf({ unit, description }: PrintedPrice): number | null {
	const word = unit.trim().toLowerCase()
	// The marketplace's own unit says nothing; there the description does ("Million Input Tokens Global").
	if (word === "units" && /\bmillion\b.*\btokens\b/i.test(description)) return 0
	return Object.hasOwn(UNITS, word) ? (UNITS[word] ?? null) : null
}

function agreed(groups: readonly ReadPrice[][], notTaken: NotTaken[]): ReadPrice[] {
	return groups.flatMap((group) => {
		const [first] = group
		if (!first) return []
		if (group.every(({ usdPerMTok }) => usdPerMTok === first.usdPerMTok)) return [first]
		const detail = group.map(({ usageType, usdPerMTok }) => `${usageType} ${usdPerMTok}`).join(", ")
		notTaken.push({ reason: "disagreeing", region: first.region, usageType: first.usageType, detail })
		return []
	})
}
