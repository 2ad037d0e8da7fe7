import { findModel, isApplicationProfile, parseModelRef, declaredModel, type CatalogModel } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"

export type AnswerModel = {
	/** Undefined = the catalog does not know it. */
	readonly model: CatalogModel | undefined
	/** For people. */
	readonly name: string
	/** AWS says with the first message which model it is, so everything may apply. */
	readonly toBeNamed: boolean
}

/** The model that answers, as far as the settings tell. */
export function answerModel({ modelId, region, declaredModels }: ProfileSettings): AnswerModel {
	const ref = parseModelRef(modelId)
	const word = ref ? declaredModel(ref, region, declaredModels) : undefined
	const baseModelId = word?.baseModelId ?? ref?.baseModelId ?? null
	const model = baseModelId === null ? undefined : findModel(baseModelId)
	return { model, name: model?.name ?? modelId, toBeNamed: baseModelId === null && isApplicationProfile(ref) }
}
