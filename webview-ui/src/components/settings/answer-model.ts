import { findModel, isApplicationProfile, parseModelRef, declaredModel, type CatalogModel } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"

export type AnswerModel = {
	/** `undefined` when the catalog does not have the model. */
	readonly model: CatalogModel | undefined
	/** Display name; the model id when the catalog does not have the model. */
	readonly name: string
	/** Whether AWS names the model only with the first message, so that every setting may apply. */
	readonly isUnresolved: boolean
}

/** Determines the model that answers, as far as the settings name it. */
export function resolveAnswerModel({ modelId, region, declaredModels }: ProfileSettings): AnswerModel {
	const ref = parseModelRef(modelId)
	const declared = ref ? declaredModel(ref, region, declaredModels) : undefined
	const baseModelId = declared?.baseModelId ?? ref?.baseModelId ?? null
	const model = baseModelId === null ? undefined : findModel(baseModelId)
	return { model, name: model?.name ?? modelId, isUnresolved: baseModelId === null && isApplicationProfile(ref) }
}
