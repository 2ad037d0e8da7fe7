import type { ConverseStreamCommandInput, InferenceConfiguration } from "@aws-sdk/client-bedrock-runtime"
import { converseTierMember } from "@bedrock-tiers/core"
import { detail } from "@bedrock-tiers/error-details"
import { badInput } from "../../../provider-failure"
import type { ModelRequest } from "../api-adapter"
import { converseMessages } from "./converse-messages"
import { converseTools } from "./converse-tools"
import type { InferenceOptions } from "../handler-options"
import { withCachePoints } from "./prompt-caching"
import { checkPromptSize } from "./prompt-size"
import { planReasoning, type ReasoningPlan } from "./reasoning"

/**
 * Builds the request of Converse and ConverseStream, which is the same for both. Throws a `bad-input` failure for
 * content that cannot be expressed or is too large.
 */
export function converseInput(request: ModelRequest): ConverseStreamCommandInput {
	const { plan, systemPrompt, turns, metadata, options } = request
	checkPromptSize(plan, systemPrompt, turns)
	const toolConfig = converseTools(metadata)
	const reasoning = planReasoning(plan.model, plan.api, options, toolConfig ? metadata : {})
	const inferenceConfig = inferenceConfiguration(options, reasoning)
	const input: ConverseStreamCommandInput = {
		modelId: plan.bedrockModelId,
		...(systemPrompt === "" ? {} : { system: [{ text: systemPrompt }] }),
		messages: converseMessages(turns, toolConfig !== undefined),
		...(inferenceConfig ? { inferenceConfig } : {}),
		...(toolConfig ? { toolConfig } : {}),
		...additionalFields(reasoning),
		...converseTierMember(plan.tier.sentTier),
	}
	return withCachePoints(input, plan.model?.promptCaching, options.promptCaching ?? "off")
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
