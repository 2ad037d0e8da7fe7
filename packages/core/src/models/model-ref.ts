import { splitProfilePrefix } from "./catalog"
import { readModelArn, type ArnResource, type ModelRefError } from "./model-arn"

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
			readonly resource: ArnResource
			readonly baseModelId: string | null
			/** It is called there, whatever the settings say. */
			readonly region: string
			readonly prefix: string | null
	  }

const MODEL_ID = /^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+(:[a-z0-9]+){0,2}$/i

/** Parses an id, a profile id or an ARN; null when the text cannot be any of them. Throws nothing. */
export function parseModelRef(text: string): ModelRef | null {
	const read = readModelRef(text)
	return "problem" in read ? null : read
}

/** Parses an id, a profile id or an ARN, or says what is wrong with it. Throws nothing. */
export function readModelRef(text: string): ModelRef | ModelRefError {
	if (text.length > 2048) return { problem: "too-long", detail: "" }
	if (text.startsWith("arn:")) return arnRef(text)
	if (!MODEL_ID.test(text)) return { problem: "not-an-id", detail: text }
	const { prefix, baseModelId } = splitProfilePrefix(text)
	return prefix === null
		? { kind: "base", modelId: text, baseModelId }
		: { kind: "profile", modelId: text, baseModelId, prefix }
}

/** The region that is called: an ARN's own wins. */
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
