import { groupBy } from "../src/group-by"
import { BEDROCK_APIS, SELECTABLE_TIERS } from "../src/tiers/service-tier"
import { PRICE_FIELDS } from "../src/prices/price-card"
import { tierPriceRule, tierPrices } from "../src/prices/tier-price"
import { UNIT_PRICE_KEYS, UNIT_PRICE_MEMBERS } from "../src/prices/unit-price"
import type { AuthoredModel, AuthoredPriceRow, AuthoredPrices } from "./catalog-schema"

/** Checks the rules of one model's price rows. Returns one message per violation. */
export function validatePrices(file: string, model: AuthoredModel, prices: AuthoredPrices): string[] {
	const violations: string[] = []
	const unpriced = new Set(prices.unpriced?.flatMap(({ tiers }) => tiers) ?? [])
	const supports = (tier: (typeof SELECTABLE_TIERS)[number]) =>
		tier === "default" || BEDROCK_APIS.some((api) => model.tiers[api][tier] !== "no")
	for (const tier of unpriced)
		if (!supports(tier)) violations.push(`${file}: ${tier} is unpriced, but not taken either`)
	if (prices.rows.length === 0 && !unpriced.has("default"))
		violations.push(`${file}: has no price and does not say why`)
	for (const [location, rows] of groupBy(prices.rows, place)) {
		violations.push(...validateBands(`${file}: ${location}`, rows))
		for (const [from, group] of groupBy(rows, (row) => String(row.fromPromptTokens ?? 0))) {
			const bandLocation = `${file}: ${location} from ${from} tokens`
			const tiers = group.map((row) => row.tier)
			const base = group.find((row) => row.tier === "default")
			if (new Set(tiers).size !== tiers.length) violations.push(`${bandLocation} has two rows of one tier`)
			if (!base) {
				violations.push(`${bandLocation} has no row of the default tier`)
				continue
			}
			for (const tier of SELECTABLE_TIERS) {
				const isRequired = supports(tier) && !unpriced.has(tier)
				if (isRequired === tiers.includes(tier)) continue
				violations.push(
					`${bandLocation} ${isRequired ? "has no price for" : "prices"} ${tier}, which the model ${isRequired ? "takes" : "does not take, or which is marked as unpriced"}`,
				)
			}
			const isRounded = prices.roundedTierPrices === true
			for (const row of group)
				violations.push(...validateTierPrices(`${bandLocation} ${row.tier}`, base, row, isRounded))
		}
	}
	for (const row of prices.rows)
		for (const field of PRICE_FIELDS)
			if (row[UNIT_PRICE_MEMBERS[field]] === null && row.derived.includes(field))
				violations.push(`${file}: ${place(row)} ${row.tier}: ${field} is derived, but there is none`)
	return violations
}

/**
 * Checks that each place from which the model can be called has a Standard price of input and output, or is listed in
 * `unpricedPlaces`. Returns one message per violation.
 */
export function validatePlaces(file: string, model: AuthoredModel, { rows, unpricedPlaces = [] }: AuthoredPrices) {
	const priced = new Set(rows.filter(isFullyPriced).map(place))
	const isPriced = ([route, region]: Place) => priced.has(`${route} ${region}`) || priced.has(`${route} *`)
	const unpriced = callablePlaces(model)
		.filter((called) => !isPriced(called))
		.map((called) => called.join(" "))
	const listed = unpricedPlaces.flatMap(({ route, regions }) => regions.map((region) => `${route} ${region}`))
	return [
		...unpriced.filter((called) => !listed.includes(called)).map((called) => `${file}: ${called} has no price`),
		...listed
			.filter((called) => !unpriced.includes(called))
			.map((called) => `${file}: ${called} is listed as unpriced, but is priced or cannot be called`),
	]
}

type Place = readonly [route: AuthoredPriceRow["route"], region: string]

/** Routes and regions from which a model can be called. */
export function callablePlaces({ routes }: AuthoredModel): Place[] {
	return [
		...routes.inRegion.map((region): Place => ["in-region", region]),
		...routes.geo.flatMap(({ sourceRegions }) => sourceRegions.map((region): Place => ["geo", region])),
		...routes.global.map((region): Place => ["global", region]),
	]
}

function isFullyPriced({ tier, inputUsdPerMTok, outputUsdPerMTok }: AuthoredPriceRow): boolean {
	return tier === "default" && inputUsdPerMTok !== null && outputUsdPerMTok !== null
}

/** The bands of a tier must begin at 0 and follow each other without gaps or overlaps; the last must have no end. */
function validateBands(location: string, rows: readonly AuthoredPriceRow[]): string[] {
	const violations: string[] = []
	for (const [tier, bands] of groupBy(rows, (row) => row.tier)) {
		const sorted = [...bands].sort((a, b) => (a.fromPromptTokens ?? 0) - (b.fromPromptTokens ?? 0))
		let coveredUpTo: number | null = 0
		for (const { fromPromptTokens = 0, belowPromptTokens = null } of sorted) {
			if (coveredUpTo === null || fromPromptTokens < coveredUpTo)
				violations.push(`${location} ${tier}: two bands overlap`)
			else if (fromPromptTokens > coveredUpTo)
				violations.push(`${location} ${tier}: no band from ${coveredUpTo} tokens`)
			coveredUpTo = belowPromptTokens
		}
		if (coveredUpTo !== null) violations.push(`${location} ${tier}: no band from ${coveredUpTo} tokens`)
	}
	return violations
}

/**
 * Flex and Priority must cost what `tierPrices` computes from the row's own base. A row with `offRule`, the reason
 * why AWS charges something else, is exempt if its prices do deviate, and if Flex is not above and Priority not below
 * the base.
 */
function validateTierPrices(
	location: string,
	base: AuthoredPriceRow,
	row: AuthoredPriceRow,
	isRounded: boolean,
): string[] {
	if (row.tier === "default") return row.offRule ? [`${location}: the default tier has no factor to be off`] : []
	const rule = tierPriceRule(row.region, isRounded)
	const expected = tierPrices(base, row.tier, rule)
	const deviatingKeys = UNIT_PRICE_KEYS.filter((key) => row[key] !== expected[key])
	if (!row.offRule)
		return deviatingKeys.map((key) => `${location}: ${key} is not ${expected[key]}, the ${rule} price of the tier`)
	if (deviatingKeys.length === 0) return [`${location}: is marked as off the rule, but keeps it`]
	return UNIT_PRICE_KEYS.filter((key) => {
		const [from, to] = [base[key], row[key]]
		return from !== null && to !== null && (row.tier === "flex" ? to > from : to < from)
	}).map((key) => `${location}: ${key} is on the wrong side of its base`)
}

function place(row: AuthoredPriceRow): string {
	return `${row.route} ${row.region}`
}
