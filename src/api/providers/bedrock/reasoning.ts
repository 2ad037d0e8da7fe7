import type { CatalogModel } from "@bedrock-tiers/core"
import { LEAST_THINKING_BUDGET } from "@bedrock-tiers/protocol"
import type { RequestMetadata } from "../../provider-contract"
import { ProviderFailure } from "../../provider-failure"
import type { InferenceOptions } from "./handler-options"

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

/** Of the answer's limit, which holds thoughts and answer together. */
const BUDGET_SHARE = { low: 0.2, medium: 0.5, high: 0.8 } as const
/** Where neither the person nor the catalog knows a limit. */
const ASSUMED_MAX_TOKENS = 8_192

/**
 * Claude models that refuse temperature and its kin (400). Source: AWS user guide, Claude model parameters and adaptive
 * thinking, 2026-10: from Opus 4.7 on.
 */
const WITHOUT_SAMPLING: ReadonlySet<string> = new Set([
	"anthropic.claude-fable-5",
	"anthropic.claude-fable-5-1",
	"anthropic.claude-haiku-5-5",
	"anthropic.claude-opus-4-7",
	"anthropic.claude-opus-4-8",
	"anthropic.claude-opus-5",
	"anthropic.claude-opus-5-5",
	"anthropic.claude-sonnet-5",
	"anthropic.claude-sonnet-5-5",
])

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
	const takesSampling = model === undefined || !WITHOUT_SAMPLING.has(model.id)
	const plain: ReasoningPlan = { fields: {}, takesSampling, takesMaxTokens: true }
	// Claude refuses to think where it is made to call a tool.
	const isForced = tool_choice === "required" || typeof tool_choice === "object"
	if (model === undefined || reasoning === "off" || (isForced && model.provider === "Anthropic")) return plain
	switch (model.reasoning) {
		case "budget": {
			const limit = maxTokens ?? model.maxOutputTokens ?? ASSUMED_MAX_TOKENS
			const budget =
				thinkingBudgetTokens ?? Math.max(LEAST_THINKING_BUDGET, Math.floor(limit * BUDGET_SHARE[reasoning]))
			checkBudget(budget, limit)
			const fields = { thinking: { type: "enabled", budget_tokens: budget } }
			return { fields, maxTokens: limit, takesSampling: false, takesMaxTokens: true }
		}
		case "adaptive":
		case "always":
			if (model.provider !== "Anthropic") return plain
			return {
				fields: { thinking: { type: "adaptive" }, output_config: { effort: reasoning } },
				takesSampling: false,
				takesMaxTokens: true,
			}
		case "effort":
			if (model.provider === "OpenAI") return { ...plain, fields: { reasoning_effort: reasoning } }
			if (model.provider !== "Amazon") return plain
			// At high effort Nova 2 refuses temperature, topP and maxTokens. Source: Nova 2 user guide, extended thinking.
			return {
				fields: { reasoningConfig: { type: "enabled", maxReasoningEffort: reasoning } },
				takesSampling: reasoning !== "high",
				takesMaxTokens: reasoning !== "high",
			}
		default:
			return plain
	}
}

function checkBudget(budget: number, limit: number): void {
	if (budget < LEAST_THINKING_BUDGET)
		throw new ProviderFailure(
			"bad-input",
			`A thinking budget of ${budget} tokens is below the least, ${LEAST_THINKING_BUDGET}.`,
		)
	if (budget >= limit)
		throw new ProviderFailure(
			"bad-input",
			`A thinking budget of ${budget} tokens leaves no room in an answer of at most ${limit} tokens.`,
		)
}
