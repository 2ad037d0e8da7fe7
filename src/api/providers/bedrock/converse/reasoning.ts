import {
	MIN_THINKING_BUDGET,
	takenParameters,
	thinkingBudget,
	thinkingRequest,
	type CatalogModel,
	t,
} from "@bedrock-tiers/core"
import type { RequestMetadata } from "../../../provider-contract"
import { ProviderFailure } from "../../../provider-failure"
import type { InferenceOptions } from "../handler-options"

/** What goes beside the messages so that the model thinks as it was asked to. */
export type ReasoningPlan = {
	/** Members of `additionalModelRequestFields`. */
	readonly fields: Readonly<Record<string, unknown>>
	/** The limit that must be sent with them; absent = none of ours. */
	readonly maxTokens?: number
	/** Which of the usual parameters the model takes then. */
	readonly takesSampling: boolean
	readonly takesMaxTokens: boolean
}

/**
 * Translates the level into the model's own fields: a token budget (Claude to 4.5), adaptive with an effort (newer
 * Claude), `reasoning_effort` (OpenAI's), `reasoningConfig` (Nova 2). Nothing is sent where none is asked for, where the
 * model does not think, or where it is not documented how to ask.
 * Throws a `bad-input` failure when the limits leave no room for thinking.
 */
export function planReasoning(
	model: CatalogModel | undefined,
	{ reasoning = "off", maxTokens, thinkingBudgetTokens }: InferenceOptions,
	{ tool_choice }: Pick<RequestMetadata, "tool_choice"> = {},
): ReasoningPlan {
	// Claude refuses to think where it is made to call a tool.
	const isForced = tool_choice === "required" || typeof tool_choice === "object"
	const level = isForced && model?.provider === "Anthropic" ? "off" : reasoning
	const taken = takenParameters(model, level)
	const plan = { takesSampling: taken.temperature, takesMaxTokens: taken.maxTokens }
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
		throw new ProviderFailure(
			"bad-input",
			t("A thinking budget of {0} tokens is below the least, {1}.", budget, MIN_THINKING_BUDGET),
		)
	if (budget >= limit)
		throw new ProviderFailure(
			"bad-input",
			t("A thinking budget of {0} tokens leaves no room in an answer of at most {1} tokens.", budget, limit),
		)
}
