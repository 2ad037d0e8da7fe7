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
	/** AWS's own sources disagree whether the model supports the tier. */
	readonly contested: boolean
	/** Price for this model, region and route; `null` when unknown. */
	readonly price: EffectivePrice | null
	readonly unpricedReason: PriceMiss | null
}

/** View model of the tier dropdown. */
export type TierChoice = {
	/**
	 * `choose`: show the options. `standard-only`: the model supports no other tier through this API; `elsewhere` is
	 * true when it does through another API. `unknown-model`: not in the catalog, so any tier may be tried; list prices
	 * are unknown.
	 */
	readonly kind: "choose" | "standard-only" | "unknown-model"
	readonly model: CatalogModel | null
	readonly elsewhere: boolean
	/** The route that the prices are for; `null` when no route exists. */
	readonly route: Route | null
	/** Always includes `default`. */
	readonly options: readonly TierOption[]
}

export type TierChoiceQuery = {
	/** As entered in the settings: a base model id, a profile id or an ARN. */
	readonly modelId: string
	readonly api: BedrockApi
	readonly region: string
	readonly route: RouteSetting
	/** The user's declarations of the models behind application inference profiles; absent means no declarations. */
	readonly declaredModels?: readonly DeclaredModel[]
	/** Price overrides; absent means list prices. */
	readonly pricing?: Pricing
}

/** Creates the view model of the tier dropdown and of the price table below it. */
export function tierChoice(query: TierChoiceQuery): TierChoice {
	const { pricing = LIST_PRICES } = query
	const ref = parseModelRef(query.modelId)
	const declared = ref ? declaredModel(ref, query.region, query.declaredModels) : undefined
	const baseModelId = declared?.baseModelId ?? ref?.baseModelId
	const model = baseModelId ? (findModel(baseModelId) ?? null) : null
	const resolved = ref ? resolveRoute(ref, query.region, query.route) : null
	const route = declared?.route ?? (resolved?.ok ? resolved.route : null)
	const tiers = model ? offeredTiers(model, query.api) : SELECTABLE_TIERS
	const options = tiers.map((tier): TierOption => {
		const contested = model !== null && tierSupport(model, query.api, tier) === "contested"
		if (model && route === null) return { tier, contested, price: null, unpricedReason: "region-not-priced" }
		// A model that is not in the catalog has only user-set prices, which apply to every region and route.
		const result = effectivePrice(
			{
				modelId: query.modelId,
				baseModelId: model?.id ?? null,
				region: calledRegion(ref, query.region),
				route: route ?? "in-region",
				tier,
				promptTokens: 0,
			},
			pricing,
		)
		return { tier, contested, price: result.price, unpricedReason: result.price ? null : result.reason }
	})
	if (!model) return { kind: "unknown-model", model, elsewhere: false, route, options }
	const elsewhere = tiers.length === 1 && offeredTiers(model, "chat-completions").length > 1
	return { kind: tiers.length > 1 ? "choose" : "standard-only", model, elsewhere, route, options }
}

/** The tier that is used: a requested tier that the model does not support stays in the settings, and Standard is used. */
export function effectiveTier({ options }: TierChoice, requestedTier: SelectableTier): SelectableTier {
	return options.some(({ tier }) => tier === requestedTier) ? requestedTier : "default"
}
