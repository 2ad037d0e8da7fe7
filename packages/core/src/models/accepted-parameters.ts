import type { BedrockApi } from "../tiers/service-tier"
import type { CatalogModel } from "./catalog-model"
import { PARAMETER_FACTS, REQUEST_PARAMETERS, type ParameterSource, type RequestParameter } from "./parameter-facts"
import { thinkingRequest, type ReasoningLevel } from "./thinking"

export type ParameterSupport = "yes" | "no" | "unknown"

export type AcceptedParameter = {
	readonly support: ParameterSupport
	/** `null` when nothing is known, or when the catalog model states it (`model.sources`). */
	readonly source: ParameterSource | null
}

export type AcceptedParameters = Readonly<Record<RequestParameter, AcceptedParameter>> & {
	/** Range of the output limit in tokens; `max` is `null` when unknown. */
	readonly outputTokens: { readonly min: number; readonly max: number | null }
}

const UNKNOWN: AcceptedParameter = { support: "unknown", source: null }

/** What the model accepts through the API. Everything is unknown for a model that is not in the catalog. */
export function acceptedParameters(model: CatalogModel | undefined, api: BedrockApi): AcceptedParameters {
	const accepted = Object.fromEntries(REQUEST_PARAMETERS.map((name) => [name, UNKNOWN])) as Record<
		RequestParameter,
		AcceptedParameter
	>
	if (model === undefined) return { ...accepted, outputTokens: { min: 1, max: null } }
	accepted.images = { support: supportOf(model.images), source: null }
	accepted.thinking = {
		support: supportOf(model.reasoning === null ? null : model.reasoning !== false),
		source: null,
	}
	let min = 1
	for (const { models, apis, parameters, minOutputTokens, source } of PARAMETER_FACTS) {
		if (!apis.includes(api) || !models.some((prefix) => model.id.startsWith(prefix))) continue
		for (const name of REQUEST_PARAMETERS) {
			const support = parameters[name]
			if (support !== undefined) accepted[name] = { support, source }
		}
		min = minOutputTokens ?? min
	}
	// An image in a tool result is an image.
	if (accepted.imagesInToolResults.support === "yes" && accepted.images.support !== "yes")
		accepted.imagesInToolResults = accepted.images
	return { ...accepted, outputTokens: { min, max: model.maxOutputTokens } }
}

/**
 * Which inference parameters may be sent at the reasoning level. Claude does not support temperature while it thinks;
 * Nova 2 at high effort supports neither temperature nor a token limit.
 * Sources: AWS user guide, extended and adaptive thinking; Nova 2 user guide, extended thinking.
 */
export function sendableParameters(
	model: CatalogModel | undefined,
	api: BedrockApi,
	reasoning: ReasoningLevel,
): { readonly temperature: boolean; readonly maxTokens: boolean } {
	const { temperature, maxTokens } = acceptedParameters(model, api)
	const request = model === undefined || reasoning === "off" ? null : thinkingRequest(model)
	const isNovaAtHighEffort = request === "nova-effort" && reasoning === "high"
	const isThinkingClaude = request === "budget" || request === "adaptive"
	return {
		temperature: temperature.support !== "no" && !isThinkingClaude && !isNovaAtHighEffort,
		maxTokens: maxTokens.support !== "no" && !isNovaAtHighEffort,
	}
}

function supportOf(value: boolean | null): ParameterSupport {
	if (value === null) return "unknown"
	return value ? "yes" : "no"
}
