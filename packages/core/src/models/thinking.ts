import type { CatalogModel } from "./catalog-model"

/** How much the model thinks before it answers. `off`: not at all, when the model supports that. */
export const REASONING_LEVELS = ["off", "low", "medium", "high"] as const
export type ReasoningLevel = (typeof REASONING_LEVELS)[number]

/** Tokens. AWS rejects a smaller budget. Source: AWS user guide, extended thinking. */
export const MIN_THINKING_BUDGET = 1_024
/** Share of the answer's token limit, which includes the thinking tokens. */
const BUDGET_SHARE = { low: 0.2, medium: 0.5, high: 0.8 } as const
/** Tokens, used when neither the user nor the catalog specifies a limit. */
const ASSUMED_MAX_TOKENS = 8_192

/**
 * Request format for thinking: a token budget (Claude up to 4.5), adaptive thinking with an effort (newer Claude),
 * OpenAI's effort, or Nova 2's effort.
 */
export type ThinkingRequest = "budget" | "adaptive" | "openai-effort" | "nova-effort"

/**
 * The request format for thinking. `null` when nothing is sent: the model does not think, it has no effort setting, or
 * the request format is not documented.
 */
export function thinkingRequest(model: CatalogModel): ThinkingRequest | null {
	switch (model.reasoning) {
		case "budget":
			return "budget"
		case "adaptive":
		case "always":
			return model.provider === "Anthropic" ? "adaptive" : null
		case "effort":
			if (model.provider === "OpenAI") return "openai-effort"
			return model.provider === "Amazon" ? "nova-effort" : null
		default:
			return null
	}
}

/** Thinking budget in tokens, and the token limit of the whole answer, which includes the budget. */
export function thinkingBudget(
	model: CatalogModel,
	reasoning: Exclude<ReasoningLevel, "off">,
	{
		maxTokens,
		thinkingBudgetTokens,
	}: { maxTokens?: number | null | undefined; thinkingBudgetTokens?: number | null | undefined },
): { readonly budget: number; readonly limit: number } {
	const limit = maxTokens ?? model.maxOutputTokens ?? ASSUMED_MAX_TOKENS
	const share = Math.floor(limit * BUDGET_SHARE[reasoning])
	return { budget: thinkingBudgetTokens ?? Math.max(MIN_THINKING_BUDGET, share), limit }
}
