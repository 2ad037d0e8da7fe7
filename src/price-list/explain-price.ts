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
	tierSupport,
	UNIT_PRICE_MEMBERS,
} from "@bedrock-tiers/core"

export type ExplainQuery = {
	/** Model id, profile id or ARN. */
	readonly model: string
	readonly region: string
	readonly tier: ServiceTier
	readonly route: RouteSetting
	/** Milliseconds since 1970: what the age is counted from. */
	readonly now: number
}

export type ExplainedPrice = {
	readonly field: PriceField
	/** Null = AWS publishes none that we know of. */
	readonly usdPerMTok: number | null
	/** Null = printed by the source (or unknown). */
	readonly derivedFrom: string | null
}

/** Which row of the catalog answers, and why; or why none does. */
export type PriceExplanation = {
	readonly modelId: string
	readonly name: string | null
	readonly region: string
	readonly tier: ServiceTier
	readonly route: Route | null
	readonly why: readonly string[]
	readonly miss: PriceMiss | RouteMiss["reason"] | null
	readonly card: PriceCard | null
	readonly prices: readonly ExplainedPrice[]
	/** Title of the row's source. */
	readonly source: string | null
	/** Whole days since the source said so. */
	readonly ageDays: number | null
}

const DAY_MS = 86_400_000

/** Says which row prices a request and where each of its prices comes from. Throws nothing. */
export function explainPrice({ model, region: asked, tier, route: setting, now }: ExplainQuery): PriceExplanation {
	const ref = parseModelRef(model)
	const known = ref?.baseModelId ? findModel(ref.baseModelId) : undefined
	const region = calledRegion(ref, asked)
	const base = { modelId: ref?.baseModelId ?? model, name: known?.name ?? null, region, tier }
	const nothing = { card: null, prices: [], source: null, ageDays: null }
	if (!ref || !known) {
		const why = [`The catalog does not know ${ref?.baseModelId ?? model}. Prices of your own can be set for it.`]
		return { ...base, ...nothing, route: null, why, miss: "model-unknown" }
	}
	const { route, miss } = pricedRoute(ref, region, setting)
	if (route === null)
		return { ...base, ...nothing, route, why: miss ? [miss.message] : [], miss: miss?.reason ?? null }
	const resolved = resolveRoute(ref, region, setting)
	const why = resolved.ok
		? [whyRoute(route, resolved.bedrockModelId, ref.kind === "base" ? setting : null, resolved.verified)]
		: [resolved.message, `Priced as the route ${route}.`]
	const answer = findPriceCard({ baseModelId: known.id, region, route, tier, promptTokens: 0 })
	if (answer.card === null) {
		const there = rowsElsewhere(known.id, route, tier)
		why.push(...[WHY_NONE[answer.reason], there].filter((sentence) => sentence !== ""))
		return { ...base, ...nothing, route, why, miss: answer.reason }
	}
	const { card } = answer
	const apis = BEDROCK_APIS.filter((api) => tierSupport(known, api, tier) !== "no")
	const contested = apis.some((api) => tierSupport(known, api, tier) === "contested")
	if (tier !== "default")
		why.push(
			`The model takes the tier through ${apis.join(", ")}${contested ? " (AWS's own sources disagree)" : ""}.`,
		)
	why.push(...whyRow(card))
	const bases = findPriceCard({ baseModelId: known.id, region, route, tier: "default", promptTokens: 0 }).card
	return {
		...base,
		route,
		why,
		miss: null,
		card,
		prices: PRICE_FIELDS.map((field) => explained(card, bases, field)),
		source: sourceTitle(card.source),
		ageDays: Math.max(0, Math.floor((now - Date.parse(card.checkedOn)) / DAY_MS)),
	}
}

const WHY_NONE: Readonly<Record<PriceMiss, string>> = {
	"model-unknown": "The catalog does not know the model.",
	"unknown-tier": "The tier is not one that AWS sells.",
	"paid-by-reservation": "Reserved capacity is paid by the reservation, not by the token.",
	"tier-not-offered": "The model takes this tier through none of Bedrock's APIs, so AWS sells it nowhere.",
	"region-not-priced": "The catalog has no price of this model for this route and region.",
	"tier-not-priced": "The catalog has a Standard price here, but none for this tier.",
}

function whyRoute(route: Route, bedrockModelId: string, setting: RouteSetting | null, verified: boolean): string {
	const how = { "in-region": "in the region itself", geo: "by a geographic profile", global: "by the global profile" }
	const chosen =
		setting === null
			? "as the id is typed"
			: setting === "auto"
				? "chosen by itself: in-region where the model can be called so, else geo"
				: "as asked"
	const unsure = verified ? "" : " The catalog does not know whether the model can be called so from here."
	return `Called ${how[route]} (${bedrockModelId}), ${chosen}.${unsure}`
}

function whyRow(card: PriceCard): string[] {
	const bands = priceCardsOf(card.modelId).filter(
		({ route, region, tier }) => route === card.route && region === card.region && tier === card.tier,
	)
	const sentences = [card.region === "*" ? "One row prices this route from all regions." : ""]
	if (bands.length > 1) {
		const steps = bands.filter(({ fromPromptTokens }) => fromPromptTokens > 0)
		const list = steps.map(({ fromPromptTokens }) => fromPromptTokens.toLocaleString("en-US")).join(", ")
		sentences.push(`This row is for short prompts; others hold from ${list} prompt tokens.`)
	}
	return sentences.filter((sentence) => sentence !== "")
}

/** Where the catalog has such a row: help for a person whose region or route has none. */
function rowsElsewhere(modelId: string, route: Route, tier: ServiceTier): string {
	const rows = priceCardsOf(modelId).filter((card) => card.tier === tier)
	if (rows.length === 0) return ""
	const regions = [...new Set(rows.filter((card) => card.route === route).map(({ region }) => region))].sort()
	const routes = [...new Set(rows.map((card) => card.route))]
	return regions.length > 0
		? `Priced regions of this route: ${regions.join(", ")}.`
		: `Priced routes: ${routes.join(", ")}.`
}

function explained(card: PriceCard, base: PriceCard | null, field: PriceField): ExplainedPrice {
	const usdPerMTok = card[UNIT_PRICE_MEMBERS[field]]
	if (usdPerMTok === null || !card.derived.includes(field)) return { field, usdPerMTok, derivedFrom: null }
	const from = base?.[UNIT_PRICE_MEMBERS[field]] ?? null
	if (card.tier !== "default" && from !== null && isSelectableTier(card.tier))
		return { field, usdPerMTok, derivedFrom: `${TIER_FACTORS[card.tier]} × Standard's $${from}` }
	const input = card.inputUsdPerMTok
	if (input === null) return { field, usdPerMTok, derivedFrom: "a rule of AWS's documentation" }
	const ratio = Number((usdPerMTok / input).toPrecision(6))
	return { field, usdPerMTok, derivedFrom: `${ratio} × the input's $${input}` }
}
