import { answerText, textDeltas } from "./answer-text"
import { authenticate } from "./authentication"
import type { ConverseRequest } from "./converse-request"
import type { EmulatorState } from "./emulator-state"
import { nextToolUse, toolUseOf, type ToolUse } from "./fixed-answer"
import { resolveModel, type EmulatedModel } from "./models"
import { findRoutedModel } from "./prompt-routers"
import type { Scenario } from "./scenarios"
import type { AnswerParts } from "./stream-plan"
import { checkTier } from "./tiers"
import { CHARACTERS_PER_TOKEN, completeUsage, countTokens, inputText, type TokenUsage } from "./usage"

export type PreparedAnswer = AnswerParts & { scenario: Scenario; model: EmulatedModel }

/** A request of any operation, in Converse's shape. */
export type AskedFor = { request: ConverseRequest; requestedTier: string | null }

const REASONING = {
	deltas: textDeltas(
		"The person talks to the local emulator. No model is needed to answer that: a greeting will do.",
	),
	signature: "bG9jYWwtZW11bGF0b3Itc2lnbmF0dXJl",
}

/**
 * Judges a request in the order that AWS does (credentials, body, model, tier), asks the scenario, and makes the
 * answer.
 *
 * @param read reads the body; where its shape depends on the model, it asks for that first
 * @throws AwsFailure for whatever is wrong with the request, or because the scenario refuses it
 */
export function prepareAnswer(
	state: EmulatorState,
	call: { headers: Readonly<Record<string, string>>; modelId: string },
	read: (model: () => EmulatedModel) => AskedFor,
): PreparedAnswer {
	const caller = authenticate(call.headers)
	const findModel = () => resolveModel(call.modelId, caller.region ?? state.region)
	const { request, requestedTier } = read(findModel)
	const model = findModel()
	checkTier(model, requestedTier)

	const { scenario, attempt } = state.nextAttempt()
	const refusal = scenario.refuse?.({ requestedTier, attempt })
	if (refusal) throw refusal

	const servedTier = scenario.serve === undefined ? (requestedTier ?? "default") : scenario.serve(requestedTier)
	const long = scenario.long ?? false
	const words = () =>
		state.answer?.text ?? answerText({ request, modelId: call.modelId, requestedTier, servedTier, long })
	const whole = scenario.silent ? "" : words()
	const { text, complete } = withinLimit(whole, request)
	const wanted = scenario.callsTools ? nextToolUse(request) : toolUseOf(state.answer, request)
	const toolUse = complete ? wanted : null
	const routed = findRoutedModel(call.modelId)

	return {
		scenario,
		model,
		reasoning: scenario.reasoning === undefined ? null : REASONING,
		textDeltas: textDeltas(text),
		toolUse,
		stopReason: complete ? (toolUse === null ? "end_turn" : "tool_use") : "max_tokens",
		usage: usageOf(state, scenario, request, text + written(toolUse)),
		servedTier,
		...(routed && { invokedModelId: routed.invokedModelId }),
	}
}

/** Stops where the request's `maxTokens` says so. */
function withinLimit(text: string, request: ConverseRequest): { text: string; complete: boolean } {
	const maxTokens = request.inferenceConfig?.maxTokens ?? Infinity
	if (countTokens(text) <= maxTokens) return { text, complete: true }
	return { text: text.slice(0, maxTokens * CHARACTERS_PER_TOKEN), complete: false }
}

const written = (toolUse: ToolUse | null) => (toolUse === null ? "" : JSON.stringify(toolUse.input))

function usageOf(state: EmulatorState, scenario: Scenario, request: ConverseRequest, text: string): TokenUsage {
	const fixed = state.nextUsage()
	if (fixed !== null) return completeUsage(fixed)
	// Reasoning is billed as output.
	const reasoning = scenario.reasoning === undefined ? "" : REASONING.deltas.join("")
	const estimate = {
		inputTokens: countTokens(inputText(request)),
		outputTokens: countTokens(reasoning + text),
	}
	return completeUsage(scenario.usage?.(estimate) ?? estimate)
}
