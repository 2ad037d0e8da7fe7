import type { CatalogModel } from "../models/catalog-model"
import { findModel } from "../models/catalog"
import { parseModelRef } from "../models/model-ref"
import type { Route, RouteSetting } from "../models/route"
import { resolveRoute } from "../models/routes"
import { findPriceCard, type PriceMiss } from "../prices/find-price-card"
import type { PriceCard } from "../prices/price-card"
import { SELECTABLE_TIERS, type BedrockApi, type SelectableTier } from "./service-tier"
import { offeredTiers, tierSupport } from "./tier-support"

export type TierOption = {
	readonly tier: SelectableTier
	/** AWS's own sources disagree whether the model takes it. */
	readonly contested: boolean
	/** What it costs for this model, region and route; null = no price is known. */
	readonly card: PriceCard | null
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
}

/** The pure view model of the tier dropdown and of the price table under it. */
export function tierChoice(query: TierChoiceQuery): TierChoice {
	const ref = parseModelRef(query.modelId)
	const model = ref?.baseModelId ? (findModel(ref.baseModelId) ?? null) : null
	const resolved = ref ? resolveRoute(ref, query.region, query.route) : null
	const route = resolved?.ok ? resolved.route : null
	if (!model) {
		const options = SELECTABLE_TIERS.map((tier) => unpricedOption(tier, "model-unknown"))
		return { kind: "unknown-model", model, elsewhere: false, route, options }
	}
	const tiers = offeredTiers(model, query.api)
	const options = tiers.map((tier): TierOption => {
		if (route === null) return unpricedOption(tier, "region-not-priced")
		const answer = findPriceCard({
			baseModelId: model.id,
			region: ref?.kind === "arn" ? ref.region : query.region,
			route,
			tier,
			promptTokens: 0,
		})
		const contested = tierSupport(model, query.api, tier) === "contested"
		return answer.card
			? { tier, contested, card: answer.card, unpricedReason: null }
			: { tier, contested, card: null, unpricedReason: answer.reason }
	})
	const elsewhere = tiers.length === 1 && offeredTiers(model, "chat-completions").length > 1
	return { kind: tiers.length > 1 ? "choose" : "standard-only", model, elsewhere, route, options }
}

function unpricedOption(tier: SelectableTier, unpricedReason: PriceMiss): TierOption {
	return { tier, contested: false, card: null, unpricedReason }
}
