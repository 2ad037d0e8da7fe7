import { findModel } from "./core/models/catalog"
import { offeredTiers } from "./core/tiers/tier-support"

/**
 * Returns the models of a catalog that support a tier through Converse. A module of its own, because the catalog itself
 * imports it.
 */
export function bedrockTierModelIds<Id extends string>(modelIds: readonly Id[]): Id[] {
	return modelIds.filter((id) => {
		const model = findModel(id)
		return model !== undefined && offeredTiers(model, "converse").length > 1
	})
}
