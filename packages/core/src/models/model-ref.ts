import { splitProfilePrefix } from "./catalog"
import { readModelArn, type ArnResource, type ModelRefError } from "./model-arn"
import { normalizeModelId } from "./model-id-text"

/** Parsed form of a value that Bedrock accepts as a model id. `modelId` is normalized (`normalizeModelId`). */
export type ModelRef =
	/** A base model id; the route setting determines the id that is sent. */
	| { readonly kind: "base"; readonly modelId: string; readonly baseModelId: string }
	/** A profile id entered in full; sent unchanged. */
	| { readonly kind: "profile"; readonly modelId: string; readonly baseModelId: string; readonly prefix: string }
	/** An ARN; sent unchanged. `baseModelId` is `null` when the ARN does not name the model. */
	| {
			readonly kind: "arn"
			readonly modelId: string
			readonly resource: ArnResource
			readonly baseModelId: string | null
			/** Region that is called, whatever region is set in the settings. */
			readonly region: string
			readonly prefix: string | null
	  }

const MODEL_ID = /^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+(:[a-z0-9]+){0,2}$/i

/** Parses a base model id, a profile id or an ARN; `null` when the text is invalid. Never throws. */
export function parseModelRef(text: string): ModelRef | null {
	const result = readModelRef(text)
	return "problem" in result ? null : result
}

/** Parses a base model id, a profile id or an ARN, or returns the validation error. Never throws. */
export function readModelRef(pasted: string): ModelRef | ModelRefError {
	const text = normalizeModelId(pasted)
	if (text.length > 2048) return { problem: "too-long", detail: "" }
	if (text.startsWith("arn:")) return arnRef(text)
	if (!MODEL_ID.test(text)) return { problem: "not-an-id", detail: text }
	const { prefix, baseModelId } = splitProfilePrefix(text)
	return prefix === null
		? { kind: "base", modelId: text, baseModelId }
		: { kind: "profile", modelId: text, baseModelId, prefix }
}

/** The region that is called: the region of an ARN, otherwise the given region. */
export function calledRegion(ref: ModelRef | null, region: string): string {
	return ref?.kind === "arn" ? ref.region : region
}

function arnRef(text: string): ModelRef | ModelRefError {
	const arn = readModelArn(text)
	if ("problem" in arn) return arn
	const { region, resource, name } = arn
	if (resource !== "foundation-model" && resource !== "inference-profile")
		return { kind: "arn", modelId: text, resource, baseModelId: null, region, prefix: null }
	const { prefix, baseModelId } = splitProfilePrefix(name)
	if (!MODEL_ID.test(name) || (prefix === null) !== (resource === "foundation-model"))
		return { problem: "arn-name", detail: name }
	return { kind: "arn", modelId: text, resource, baseModelId, region, prefix }
}
