import {
	MIN_THINKING_BUDGET,
	sendableParameters,
	thinkingBudget,
	thinkingRequest,
	type BedrockApi,
	type CatalogModel,
} from "@bedrock-tiers/core"
import { detail } from "@bedrock-tiers/error-details"
import type { RequestMetadata } from "../../../provider-contract"
import { badInput } from "../../../provider-failure"
import type { InferenceOptions } from "../handler-options"

/** Request members, in addition to the messages, that set the model's reasoning as requested. */
export type ReasoningPlan = {
	/** Members of `additionalModelRequestFields`. */
	readonly fields: Readonly<Record<string, unknown>>
	/** Limit that must be sent with `fields`; absent when they require no limit. */
	readonly maxTokens?: number
	/** Whether the model supports the usual parameters at this reasoning level. */
	readonly takesSampling: boolean
	readonly takesMaxTokens: boolean
}

/**
 * Translates the level into the model's own fields: a token budget (Claude up to 4.5), adaptive with an effort (newer
 * Claude), `reasoning_effort` (OpenAI), `reasoningConfig` (Nova 2). Nothing is sent when no reasoning is requested,
 * when the model does not reason, or when its field is not documented.
 * Throws a `bad-input` failure when the limits leave no tokens for reasoning.
 */
export function planReasoning(
	model: CatalogModel | undefined,
	api: BedrockApi,
	{ reasoning = "off", maxTokens, thinkingBudgetTokens }: InferenceOptions,
	{ tool_choice }: Pick<RequestMetadata, "tool_choice"> = {},
): ReasoningPlan {
	// Claude rejects reasoning when a tool call is required.
	const isForced = tool_choice === "required" || typeof tool_choice === "object"
	const level = isForced && model?.provider === "Anthropic" ? "off" : reasoning
	const supported = sendableParameters(model, api, level)
	const plan = { takesSampling: supported.temperature, takesMaxTokens: supported.maxTokens }
	if (model === undefined || level === "off") return { fields: {}, ...plan }
	switch (thinkingRequest(model)) {
		case "budget": {
			const { budget, limit } = thinkingBudget(model, level, { maxTokens, thinkingBudgetTokens })
			checkBudget(budget, limit)
			return { fields: { thinking: { type: "enabled", budget_tokens: budget } }, maxTokens: limit, ...plan }
		}
		case "adaptive":
			return { fields: { thinking: { type: "adaptive" }, output_config: { effort: level } }, ...plan }
		case "openai-effort":
			return { fields: { reasoning_effort: level }, ...plan }
		case "nova-effort":
			return { fields: { reasoningConfig: { type: "enabled", maxReasoningEffort: level } }, ...plan }
		case null:
			return { fields: {}, ...plan }
	}
}

function checkBudget(budget: number, limit: number): void {
	if (budget < MIN_THINKING_BUDGET)
		throw badInput(detail("request.budget-too-small", { budgetTokens: budget, minTokens: MIN_THINKING_BUDGET }))
	if (budget >= limit) throw badInput(detail("request.budget-too-large", { budgetTokens: budget, maxTokens: limit }))
}
