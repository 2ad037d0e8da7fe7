import { acceptedParameters, sendableParameters, thinkingRequest, type OmittableParameter } from "@bedrock-tiers/core"
import type { ChatTurn, ParameterAdjustment, RequestMetadata, TurnBlock } from "../../provider-contract"
import type { ModelRequest } from "./api-adapter"
import type { InferenceOptions } from "./handler-options"

export type FittedRequest = {
	readonly request: ModelRequest
	/** What was left out or changed, in the order of `OMITTABLE_PARAMETERS`. */
	readonly adjustments: readonly ParameterAdjustment[]
}

// eslint-disable-next-line bedrock-tiers/untranslated-text -- a text that the model reads
const IMAGE_NOTE = "(An image was left out: the model does not accept images.)"

/**
 * The request with the parameters that the model accepts. A parameter that the catalog or an earlier refusal of Bedrock
 * excludes is left out, and an output limit outside the model's range is set to the end of the range. Text is never
 * lost: a system prompt that the model does not accept becomes the start of the conversation.
 */
export function fitParameters(request: ModelRequest): FittedRequest {
	const { plan, options, metadata } = request
	const accepted = acceptedParameters(plan.model, plan.api)
	const adjustments: ParameterAdjustment[] = []
	const isRefused = (parameter: OmittableParameter) => plan.refusedParameters.includes(parameter)
	const accepts = (parameter: OmittableParameter) => !isRefused(parameter) && accepted[parameter].support !== "no"
	/** Reports a parameter that is set and must be left out. */
	const leavesOut = (parameter: OmittableParameter, isSet: boolean): boolean => {
		if (!isSet || accepts(parameter)) return false
		adjustments.push({ parameter, reason: isRefused(parameter) ? "refused" : "not-accepted" })
		return true
	}
	const { temperature, maxTokens, reasoning = "off", thinkingBudgetTokens, ...rest } = options
	const { tools = [], tool_choice = "none" } = metadata
	const omits = {
		temperature: leavesOut("temperature", temperature !== undefined),
		maxTokens: leavesOut("maxTokens", maxTokens !== undefined),
		thinking: leavesOut("thinking", reasoning !== "off"),
		tools: leavesOut("tools", tools.length > 0),
		toolChoice: tools.length > 0 && accepts("tools") && leavesOut("toolChoice", tool_choice !== "none"),
		systemPrompt: leavesOut("systemPrompt", request.systemPrompt !== ""),
		images: leavesOut("images", request.turns.some(hasImage)),
	}
	const level = omits.thinking ? "off" : reasoning
	if (level !== "off" && (plan.model === undefined || thinkingRequest(plan.model) === null))
		adjustments.push({ parameter: "thinking", reason: "undocumented" })
	if (temperature !== undefined && !omits.temperature && !sendableParameters(plan.model, plan.api, level).temperature)
		adjustments.push({ parameter: "temperature", reason: "with-thinking" })
	const limit = omits.maxTokens ? undefined : withinRange(maxTokens, accepted.outputTokens, adjustments)
	const fittedOptions: InferenceOptions = {
		...rest,
		reasoning: level,
		...(temperature !== undefined && !omits.temperature && { temperature }),
		...(limit !== undefined && { maxTokens: limit }),
		...(thinkingBudgetTokens !== undefined && { thinkingBudgetTokens }),
	}
	const turns = omits.images ? request.turns.map(withoutImages) : request.turns
	return {
		request: {
			...request,
			options: fittedOptions,
			metadata: omits.tools ? withoutTools(metadata) : omits.toolChoice ? withoutChoice(metadata) : metadata,
			systemPrompt: omits.systemPrompt ? "" : request.systemPrompt,
			turns: omits.systemPrompt ? [{ role: "user", content: request.systemPrompt }, ...turns] : turns,
		},
		adjustments,
	}
}

/** A limit that is no positive integer is left as it is, for the check of the settings' values. */
function withinRange(
	maxTokens: number | undefined,
	{ min, max }: { readonly min: number; readonly max: number | null },
	adjustments: ParameterAdjustment[],
): number | undefined {
	if (maxTokens === undefined || !Number.isInteger(maxTokens) || maxTokens < 1) return maxTokens
	if (maxTokens < min) {
		adjustments.push({ parameter: "maxTokens", reason: "below-minimum", from: maxTokens, to: min })
		return min
	}
	if (max === null || maxTokens <= max) return maxTokens
	adjustments.push({ parameter: "maxTokens", reason: "above-maximum", from: maxTokens, to: max })
	return max
}

function withoutTools({ tools: _tools, tool_choice: _choice, ...metadata }: RequestMetadata): RequestMetadata {
	return metadata
}

/** Without a choice, the model decides whether it calls a tool. */
function withoutChoice({ tool_choice: _choice, ...metadata }: RequestMetadata): RequestMetadata {
	return metadata
}

function hasImage({ content }: ChatTurn): boolean {
	return typeof content !== "string" && content.some((block) => block.type === "image" || innerImages(block))
}

function innerImages(block: TurnBlock): boolean {
	return resultContent(block)?.some(({ type }) => type === "image") ?? false
}

function withoutImages({ role, content }: ChatTurn): ChatTurn {
	if (typeof content === "string") return { role, content }
	return { role, content: content.map(withoutImage) }
}

function withoutImage(block: TurnBlock): TurnBlock {
	if (block.type === "image") return { type: "text", text: IMAGE_NOTE }
	const inner = resultContent(block)
	return inner ? ({ ...block, content: inner.map((part) => withoutImage(part)) } as TurnBlock) : block
}

/** Blocks of a tool result; `undefined` for other blocks and for a result that is a string. */
function resultContent(block: TurnBlock): readonly TurnBlock[] | undefined {
	if (block.type !== "tool_result" || !("content" in block)) return undefined
	return typeof block.content === "string" ? undefined : (block.content as readonly TurnBlock[] | undefined)
}
