import { BEDROCK_APIS, SELECTABLE_TIERS } from "../src/tiers/service-tier"
import { PRICE_FIELDS } from "../src/prices/price-card"
import { TIER_FACTORS, timesFactor, UNIT_PRICE_KEYS, UNIT_PRICE_MEMBERS } from "../src/prices/unit-price"
import type { AuthoredModel, AuthoredPriceRow, AuthoredPrices } from "./catalog-schema"

/** The rules of one model's price rows, one sentence a broken rule. */
export function brokenPriceRules(file: string, model: AuthoredModel, prices: AuthoredPrices): string[] {
	const broken: string[] = []
	const unpriced = new Set(prices.unpriced?.flatMap(({ tiers }) => tiers) ?? [])
	const takes = (tier: (typeof SELECTABLE_TIERS)[number]) =>
		tier === "default" || BEDROCK_APIS.some((api) => model.tiers[api][tier] !== "no")
	for (const tier of unpriced) if (!takes(tier)) broken.push(`${file}: ${tier} is unpriced, but not taken either`)
	if (prices.rows.length === 0 && !unpriced.has("default")) broken.push(`${file}: has no price and does not say why`)
	for (const [where, rows] of groupBy(prices.rows, place)) {
		broken.push(...brokenBands(`${file}: ${where}`, rows))
		for (const [from, group] of groupBy(rows, (row) => String(row.fromPromptTokens ?? 0))) {
			const here = `${file}: ${where} from ${from} tokens`
			const tiers = group.map((row) => row.tier)
			const base = group.find((row) => row.tier === "default")
			if (new Set(tiers).size !== tiers.length) broken.push(`${here} has two rows of one tier`)
			if (!base) {
				broken.push(`${here} has no row of the default tier`)
				continue
			}
			for (const tier of SELECTABLE_TIERS) {
				const due = takes(tier) && !unpriced.has(tier)
				if (due === tiers.includes(tier)) continue
				broken.push(
					`${here} ${due ? "has no price for" : "prices"} ${tier}, which the model ${due ? "takes" : "does not take, or which is marked as unpriced"}`,
				)
			}
			for (const row of group) broken.push(...brokenTierPrices(`${here} ${row.tier}`, base, row))
		}
	}
	for (const row of prices.rows)
		for (const field of PRICE_FIELDS)
			if (row[UNIT_PRICE_MEMBERS[field]] === null && row.derived.includes(field))
				broken.push(`${file}: ${place(row)} ${row.tier}: ${field} is derived, but there is none`)
	return broken
}

/** Bands of one tier begin at 0, follow each other without a gap or an overlap, and the last has no end. */
function brokenBands(where: string, rows: readonly AuthoredPriceRow[]): string[] {
	const broken: string[] = []
	for (const [tier, bands] of groupBy(rows, (row) => row.tier)) {
		const sorted = [...bands].sort((a, b) => (a.fromPromptTokens ?? 0) - (b.fromPromptTokens ?? 0))
		let reached: number | null = 0
		for (const { fromPromptTokens = 0, belowPromptTokens = null } of sorted) {
			if (reached === null || fromPromptTokens < reached) broken.push(`${where} ${tier}: two bands overlap`)
			else if (fromPromptTokens > reached) broken.push(`${where} ${tier}: no band from ${reached} tokens`)
			reached = belowPromptTokens
		}
		if (reached !== null) broken.push(`${where} ${tier}: no band from ${reached} tokens`)
	}
	return broken
}

/**
 * Flex costs half and Priority 1.75 times the row's own base, to the last digit. A row that says why AWS charges
 * something else is let off, as long as it needs to be and Flex stays below and Priority above the base.
 */
function brokenTierPrices(where: string, base: AuthoredPriceRow, row: AuthoredPriceRow): string[] {
	if (row.tier === "default") return row.offRule ? [`${where}: the default tier has no factor to be off`] : []
	const factor = TIER_FACTORS[row.tier]
	const off = UNIT_PRICE_KEYS.filter((key) => row[key] !== timesFactor(base[key], factor))
	if (!row.offRule) return off.map((key) => `${where}: ${key} is not ${factor} times its base`)
	if (off.length === 0) return [`${where}: is marked as off the rule, but keeps it`]
	return UNIT_PRICE_KEYS.filter((key) => {
		const [from, to] = [base[key], row[key]]
		return from !== null && to !== null && (row.tier === "flex" ? to > from : to < from)
	}).map((key) => `${where}: ${key} is on the wrong side of its base`)
}

function place(row: AuthoredPriceRow): string {
	return `${row.route} ${row.region}`
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>()
	for (const item of items) {
		const group = groups.get(keyOf(item))
		if (group) group.push(item)
		else groups.set(keyOf(item), [item])
	}
	return groups
}
