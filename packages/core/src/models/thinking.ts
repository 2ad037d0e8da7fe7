import type { CatalogModel } from "./catalog-model"

/** How hard the model is to think before it answers. `off` = not at all, where the model can be kept from it. */
export const REASONING_LEVELS = ["off", "low", "medium", "high"] as const
export type ReasoningLevel = (typeof REASONING_LEVELS)[number]

/** Tokens. Below this a budget is refused. Source: AWS user guide, extended thinking. */
export const MIN_THINKING_BUDGET = 1_024
/** Of the answer's limit, which holds thoughts and answer together. */
const BUDGET_SHARE = { low: 0.2, medium: 0.5, high: 0.8 } as const
/** Tokens, where neither the person nor the catalog knows a limit. */
const ASSUMED_MAX_TOKENS = 8_192

/** By a token budget (Claude to 4.5), by itself with an effort (newer Claude), by OpenAI's effort, by Nova 2's. */
export type ThinkingRequest = "budget" | "adaptive" | "openai-effort" | "nova-effort"

/**
 * How the model is asked to think. Null = nothing is sent: it does not think, nobody can tell it how hard, or it is not
 * documented how to.
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

/** Tokens for thoughts, and the limit of the whole answer that they are a part of. */
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

/**
 * Which of the usual parameters the model takes at the level; a model that the catalog does not know takes them all.
 * Claude takes no temperature while it thinks; at high effort Nova 2 takes no limit either.
 * Sources: AWS user guide, extended and adaptive thinking; Nova 2 user guide, extended thinking.
 */
export function takenParameters(
	model: CatalogModel | undefined,
	reasoning: ReasoningLevel,
): { readonly temperature: boolean; readonly maxTokens: boolean } {
	if (model === undefined) return { temperature: true, maxTokens: true }
	const request = reasoning === "off" ? null : thinkingRequest(model)
	const atHighEffort = request === "nova-effort" && reasoning === "high"
	const isThinkingClaude = request === "budget" || request === "adaptive"
	return {
		temperature: !model.refusesSampling && !isThinkingClaude && !atHighEffort,
		maxTokens: !atHighEffort,
	}
}
