import { findModel } from "./core/models/catalog"
import { offeredTiers } from "./core/tiers/tier-support"

/**
 * Those of a catalogue's models that take a tier through Converse. Apart from the rest, since the catalogue itself
 * imports it.
 */
export function bedrockTierModelIds<Id extends string>(modelIds: readonly Id[]): Id[] {
	return modelIds.filter((id) => {
		const model = findModel(id)
		return model !== undefined && offeredTiers(model, "converse").length > 1
	})
}
