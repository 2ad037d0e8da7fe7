import { splitProfilePrefix } from "./catalog"

/** The parsed form of what Bedrock can be given as a model id. */
export type ModelRef =
	/** A base id, to be routed by the setting. */
	| { readonly kind: "base"; readonly modelId: string; readonly baseModelId: string }
	/** A profile id typed in full: sent as typed. */
	| { readonly kind: "profile"; readonly modelId: string; readonly baseModelId: string; readonly prefix: string }
	/** An ARN: sent as typed. The base id is null where the ARN does not name the model. */
	| {
			readonly kind: "arn"
			readonly modelId: string
			readonly baseModelId: string | null
			readonly region: string
			readonly prefix: string | null
	  }

const MODEL_ID = /^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+(:[a-z0-9]+){0,2}$/i
const MODEL_ARN = /^arn:aws(?:-[a-z]+)*:(?:bedrock|sagemaker):([a-z0-9-]+):(\d{12})?:([a-z-]+)\/([A-Za-z0-9._:/-]+)$/
const REGION = /^[a-z]{2}(-[a-z]+){1,3}-\d{1,2}$/

/** Whether the word can be a region's code, known or not. */
export function isRegionCode(word: string): boolean {
	return REGION.test(word)
}

/** Parses an id, a profile id or an ARN; null when the text cannot be any of them. Throws nothing. */
export function parseModelRef(text: string): ModelRef | null {
	if (text.length > 2048) return null
	const arn = MODEL_ARN.exec(text)
	if (arn) {
		const [, region = "", , resource, name = ""] = arn
		const named = resource === "foundation-model" || resource === "inference-profile"
		const { prefix, baseModelId } = splitProfilePrefix(name)
		return {
			kind: "arn",
			modelId: text,
			baseModelId: named ? baseModelId : null,
			region,
			prefix: named ? prefix : null,
		}
	}
	if (!MODEL_ID.test(text)) return null
	const { prefix, baseModelId } = splitProfilePrefix(text)
	return prefix === null
		? { kind: "base", modelId: text, baseModelId }
		: { kind: "profile", modelId: text, baseModelId, prefix }
}
