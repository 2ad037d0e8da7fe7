import {
	isSelectableTier,
	BEDROCK_APIS,
	findModel,
	findPriceCard,
	calledRegion,
	parseModelRef,
	PRICE_FIELDS,
	type PriceCard,
	priceCardsOf,
	type PriceField,
	type PriceMiss,
	pricedRoute,
	resolveRoute,
	type Route,
	type RouteMiss,
	type RouteSetting,
	type ServiceTier,
	sourceTitle,
	TIER_FACTORS,
	tierPriceRuleOf,
	tierSupport,
	UNIT_PRICE_MEMBERS,
} from "@bedrock-tiers/core"
import { englishText, routeDetails } from "@bedrock-tiers/error-details"

export type ExplainQuery = {
	/** Model id, profile id or ARN. */
	readonly model: string
	readonly region: string
	readonly tier: ServiceTier
	readonly route: RouteSetting
	/** Current time in milliseconds since 1970, from which the age is computed. */
	readonly now: number
}

export type ExplainedPrice = {
	readonly field: PriceField
	/** USD per million tokens; `null` when no published price is known. */
	readonly usdPerMTok: number | null
	/** How the price was derived; `null` when the source prints it or the price is unknown. */
	readonly derivedFrom: string | null
}

export type ExplainedBand = Pick<PriceCard, "fromPromptTokens" | "belowPromptTokens"> & {
	readonly prices: readonly ExplainedPrice[]
}

/** The row of the catalog that prices a request and the reasons for it, or the reason why there is none. */
export type PriceExplanation = {
	readonly modelId: string
	readonly name: string | null
	readonly region: string
	readonly tier: ServiceTier
	readonly route: Route | null
	readonly why: readonly string[]
	readonly miss: PriceMiss | RouteMiss["reason"] | null
	readonly card: PriceCard | null
	/** One for each context band, shortest prompts first; empty when there is no row. */
	readonly bands: readonly ExplainedBand[]
	/** Title of the row's source. */
	readonly source: string | null
	/** Whole days since the source was checked. */
	readonly ageDays: number | null
}

const DAY_MS = 86_400_000

/** Explains which row prices a request and where each of its prices comes from. Never throws. */
export function explainPrice({
	model,
	region: requestedRegion,
	tier,
	route: setting,
	now,
}: ExplainQuery): PriceExplanation {
	const ref = parseModelRef(model)
	const known = ref?.baseModelId ? findModel(ref.baseModelId) : undefined
	const region = calledRegion(ref, requestedRegion)
	const base = { modelId: ref?.baseModelId ?? model, name: known?.name ?? null, region, tier }
	const unpriced = { ...base, card: null, bands: [], source: null, ageDays: null }
	if (!ref || !known) {
		const why = [`The catalog does not know ${base.modelId}. Prices of your own can be set for it.`]
		return { ...unpriced, route: null, why, miss: "model-unknown" }
	}
	const { route, miss } = pricedRoute(ref, region, setting)
	if (route === null) {
		const why = miss ? [englishText(routeDetails(miss))] : []
		return { ...unpriced, route, why, miss: miss?.reason ?? null }
	}
	const resolved = resolveRoute(ref, region, setting)
	const why = resolved.ok
		? [whyRoute(route, resolved.bedrockModelId, ref.kind === "base" ? setting : null, resolved.verified)]
		: [englishText(routeDetails(resolved)), `Priced as the route ${route}.`]
	const answer = findPriceCard({ baseModelId: known.id, region, route, tier, promptTokens: 0 })
	if (answer.card === null) {
		why.push(MISS_MESSAGES[answer.reason], ...rowsElsewhere(known.id, route, tier))
		return { ...unpriced, route, why, miss: answer.reason }
	}
	const { card } = answer
	const apis = BEDROCK_APIS.filter((api) => tierSupport(known, api, tier) !== "no")
	const isDisputed = apis.some((api) => tierSupport(known, api, tier) === "contested")
	if (tier !== "default")
		why.push(
			`The model takes the tier through ${apis.join(", ")}${isDisputed ? " (AWS's own sources disagree)" : ""}.`,
		)
	why.push(...whyRow(card))
	return {
		...base,
		route,
		why,
		miss: null,
		card,
		bands: bandsOf(card).map(explainBand),
		source: sourceTitle(card.source),
		ageDays: Math.max(0, Math.floor((now - Date.parse(card.checkedOn)) / DAY_MS)),
	}
}

const MISS_MESSAGES: Readonly<Record<PriceMiss, string>> = {
	"model-unknown": "The catalog does not know the model.",
	"unknown-tier": "The tier is not one that AWS sells.",
	"paid-by-reservation": "Reserved capacity is paid by the reservation, not by the token.",
	"tier-not-offered": "The model takes this tier through none of Bedrock's APIs, so AWS sells it nowhere.",
	"region-not-priced": "The catalog has no price of this model for this route and region.",
	"tier-not-priced": "The catalog has a Standard price here, but none for this tier.",
}

function whyRoute(route: Route, bedrockModelId: string, setting: RouteSetting | null, verified: boolean): string {
	const how = { "in-region": "in the region itself", geo: "by a geographic profile", global: "by the global profile" }
	const reason =
		setting === null
			? "as the id is typed"
			: setting === "auto"
				? "chosen by itself: in-region where the model can be called so, else geo"
				: "as asked"
	const caveat = verified ? "" : " The catalog does not know whether the model can be called so from here."
	return `Called ${how[route]} (${bedrockModelId}), ${reason}.${caveat}`
}

/** The rows of all context bands at the place and tier of a row, shortest prompts first. */
function bandsOf(card: PriceCard): PriceCard[] {
	return priceCardsOf(card.modelId)
		.filter(({ route, region, tier }) => route === card.route && region === card.region && tier === card.tier)
		.sort((one, other) => one.fromPromptTokens - other.fromPromptTokens)
}

function explainBand(card: PriceCard): ExplainedBand {
	const { modelId: baseModelId, region, route, fromPromptTokens, belowPromptTokens } = card
	const standard = findPriceCard({ baseModelId, region, route, tier: "default", promptTokens: fromPromptTokens }).card
	const prices = PRICE_FIELDS.map((field) => explainField(card, standard, field))
	return { fromPromptTokens, belowPromptTokens, prices }
}

function whyRow(card: PriceCard): string[] {
	const bands = bandsOf(card)
	const notes = card.region === "*" ? ["One row prices this route from all regions."] : []
	if (bands.length > 1) notes.push("The price depends on the length of the prompt: one row for each band.")
	return notes
}

/** Lists the regions or routes for which the catalog has a price. A hint for users whose region or route has none. */
function rowsElsewhere(modelId: string, route: Route, tier: ServiceTier): string[] {
	const rows = priceCardsOf(modelId).filter((card) => card.tier === tier)
	if (rows.length === 0) return []
	const regions = [...new Set(rows.filter((card) => card.route === route).map(({ region }) => region))].sort()
	const routes = [...new Set(rows.map((card) => card.route))]
	return regions.length > 0
		? [`Priced regions of this route: ${regions.join(", ")}.`]
		: [`Priced routes: ${routes.join(", ")}.`]
}

/** AWS rounds the tier prices of some models; empty where it does not. */
function roundingNote({ modelId, region }: PriceCard): string {
	return tierPriceRuleOf(modelId, region) === "rounded" ? ", rounded to two decimals" : ""
}

function explainField(card: PriceCard, standardCard: PriceCard | null, field: PriceField): ExplainedPrice {
	const usdPerMTok = card[UNIT_PRICE_MEMBERS[field]]
	if (usdPerMTok === null || !card.derived.includes(field)) return { field, usdPerMTok, derivedFrom: null }
	const from = standardCard?.[UNIT_PRICE_MEMBERS[field]] ?? null
	if (card.tier !== "default" && from !== null && isSelectableTier(card.tier))
		return {
			field,
			usdPerMTok,
			derivedFrom: `${TIER_FACTORS[card.tier]} × Standard's $${from}${roundingNote(card)}`,
		}
	const input = card.inputUsdPerMTok
	if (field === "input" || field === "output" || input === null)
		return { field, usdPerMTok, derivedFrom: "from other regions, or from other tables" }
	const ratio = Number((usdPerMTok / input).toPrecision(6))
	return { field, usdPerMTok, derivedFrom: `${ratio} × the input's $${input}` }
}
