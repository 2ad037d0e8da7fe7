import type { CatalogModel } from "../models/catalog-model"
import { findModel } from "../models/catalog"
import { calledRegion, parseModelRef } from "../models/model-ref"
import type { Route, RouteSetting } from "../models/route"
import { resolveRoute } from "../models/routes"
import { declaredModel, type DeclaredModel } from "../models/declared-models"
import type { PriceMiss } from "../prices/find-price-card"
import { effectivePrice, LIST_PRICES, type EffectivePrice, type Pricing } from "../prices/price-overrides"
import { SELECTABLE_TIERS, type BedrockApi, type SelectableTier } from "./service-tier"
import { offeredTiers, tierSupport } from "./tier-support"

export type TierOption = {
	readonly tier: SelectableTier
	/** AWS's own sources disagree whether the model takes it. */
	readonly contested: boolean
	/** What it costs for this model, region and route; null = no price is known. */
	readonly price: EffectivePrice | null
	readonly unpricedReason: PriceMiss | null
}

/** What stands where a tier is chosen. */
export type TierChoice = {
	/**
	 * `choose`: offer the options. `standard-only`: the model takes no tier through this API, `elsewhere` says whether
	 * it does through another. `unknown-model`: not in the catalog, so any tier may be tried; prices are unknown.
	 */
	readonly kind: "choose" | "standard-only" | "unknown-model"
	readonly model: CatalogModel | null
	readonly elsewhere: boolean
	/** The route that the prices are for; null when there is none. */
	readonly route: Route | null
	/** Always with `default`. */
	readonly options: readonly TierOption[]
}

export type TierChoiceQuery = {
	/** As the person set it: base id, profile id or ARN. */
	readonly modelId: string
	readonly api: BedrockApi
	readonly region: string
	readonly route: RouteSetting
	/** What the person says application profiles stand for; absent = nothing. */
	readonly declaredModels?: readonly DeclaredModel[]
	/** What stands over the catalog; absent = nothing. */
	readonly pricing?: Pricing
}

/** The pure view model of the tier dropdown and of the price table under it. */
export function tierChoice(query: TierChoiceQuery): TierChoice {
	const { pricing = LIST_PRICES } = query
	const ref = parseModelRef(query.modelId)
	const word = ref ? declaredModel(ref, query.region, query.declaredModels) : undefined
	const baseModelId = word?.baseModelId ?? ref?.baseModelId
	const model = baseModelId ? (findModel(baseModelId) ?? null) : null
	const resolved = ref ? resolveRoute(ref, query.region, query.route) : null
	const route = word?.route ?? (resolved?.ok ? resolved.route : null)
	if (!model) {
		const options = SELECTABLE_TIERS.map((tier) => ownPriceOption(query.modelId, tier, pricing))
		return { kind: "unknown-model", model, elsewhere: false, route, options }
	}
	const tiers = offeredTiers(model, query.api)
	const options = tiers.map((tier): TierOption => {
		if (route === null) return unpricedOption(tier, "region-not-priced")
		const answer = effectivePrice(
			{
				modelId: query.modelId,
				baseModelId: model.id,
				region: calledRegion(ref, query.region),
				route,
				tier,
				promptTokens: 0,
			},
			pricing,
		)
		const contested = tierSupport(model, query.api, tier) === "contested"
		return answer.price
			? { tier, contested, price: answer.price, unpricedReason: null }
			: { tier, contested, price: null, unpricedReason: answer.reason }
	})
	const elsewhere = tiers.length === 1 && offeredTiers(model, "chat-completions").length > 1
	return { kind: tiers.length > 1 ? "choose" : "standard-only", model, elsewhere, route, options }
}

/** A model that the catalog does not know has no price but the person's own. */
function ownPriceOption(modelId: string, tier: SelectableTier, pricing: Pricing): TierOption {
	const place = { baseModelId: null, region: "", route: "in-region", promptTokens: 0 } as const
	const answer = effectivePrice({ ...place, modelId, tier }, pricing)
	return answer.price
		? { tier, contested: false, price: answer.price, unpricedReason: null }
		: unpricedOption(tier, answer.reason)
}

function unpricedOption(tier: SelectableTier, unpricedReason: PriceMiss): TierOption {
	return { tier, contested: false, price: null, unpricedReason }
}
