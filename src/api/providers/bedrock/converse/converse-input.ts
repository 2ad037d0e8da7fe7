import type { ConverseStreamCommandInput, InferenceConfiguration } from "@aws-sdk/client-bedrock-runtime"
import { converseTierMember } from "@bedrock-tiers/core"
import { detail } from "@bedrock-tiers/error-details"
import { badInput } from "../../../provider-failure"
import type { ModelRequest } from "../api-adapter"
import { repairConversation } from "../conversation/repair-conversation"
import { conversationRules } from "../conversation/rules"
import { converseMessages } from "./converse-messages"
import { callableTools, converseTools } from "./converse-tools"
import type { InferenceOptions } from "../handler-options"
import { withCachePoints } from "./prompt-caching"
import { checkPromptSize } from "./prompt-size"
import { fitParameters } from "../fit-parameters"
import { planReasoning, type ReasoningPlan } from "./reasoning"

/**
 * Builds the request of Converse and ConverseStream, which is the same for both. Throws a `bad-input` failure for
 * content that cannot be expressed or is too large.
 */
export function converseInput(original: ModelRequest): ConverseStreamCommandInput {
	const { request, adjustments } = fitParameters(original)
	const { plan, metadata, options } = request
	if (adjustments.length > 0) metadata.onAdjusted?.(adjustments)
	checkPromptSize(plan, request.systemPrompt, request.turns)
	const { systemPrompt, turns, tools, reasoning } = repairedRequest(request)
	const toolConfig = converseTools(tools, metadata)
	const inferenceConfig = inferenceConfiguration(options, reasoning)
	const input: ConverseStreamCommandInput = {
		modelId: plan.bedrockModelId,
		...(systemPrompt === "" ? {} : { system: [{ text: systemPrompt }] }),
		messages: converseMessages(turns),
		...(inferenceConfig ? { inferenceConfig } : {}),
		...(toolConfig ? { toolConfig } : {}),
		...additionalFields(reasoning),
		...converseTierMember(plan.tier.sentTier),
	}
	return withCachePoints(input, plan.model?.promptCaching, options.promptCaching ?? "off")
}

/** The repaired conversation, and the reasoning that it permits. Reports what was changed. */
function repairedRequest({ plan, systemPrompt, turns, metadata, options }: ModelRequest) {
	const tools = callableTools(metadata)
	const toolMetadata = tools.length > 0 ? metadata : {}
	const requested = planReasoning(plan.model, plan.api, options, toolMetadata)
	const isThinking = Object.keys(requested.fields).length > 0
	const conversation = { systemPrompt, turns, tools, thinks: isThinking }
	const repaired = repairConversation(conversation, conversationRules(plan.model, plan.api))
	if (repaired.changes.length > 0) metadata.onRepaired?.(repaired.changes)
	const permitted = repaired.thinks === isThinking ? options : { ...options, reasoning: "off" as const }
	return { ...repaired, reasoning: planReasoning(plan.model, plan.api, permitted, toolMetadata) }
}

/** `undefined` when nothing is set, so that the model's defaults apply. A temperature of 0 counts as set. */
function inferenceConfiguration(
	options: InferenceOptions,
	reasoning: ReasoningPlan,
): InferenceConfiguration | undefined {
	const maxTokens = reasoning.takesMaxTokens ? (reasoning.maxTokens ?? options.maxTokens) : undefined
	const temperature = reasoning.takesSampling ? options.temperature : undefined
	if (maxTokens !== undefined && !(Number.isInteger(maxTokens) && maxTokens >= 1))
		throw badInput(detail("request.max-tokens-invalid", { maxTokens }))
	if (temperature !== undefined && !(temperature >= 0 && temperature <= 1))
		throw badInput(detail("request.temperature-invalid", { temperature }))
	return maxTokens === undefined && temperature === undefined ? undefined : { maxTokens, temperature }
}

function additionalFields({ fields }: ReasoningPlan): Pick<ConverseStreamCommandInput, "additionalModelRequestFields"> {
	// The SDK's type for any JSON.
	type JsonDocument = NonNullable<ConverseStreamCommandInput["additionalModelRequestFields"]>
	return Object.keys(fields).length === 0 ? {} : { additionalModelRequestFields: fields as JsonDocument }
}
