import { answerText, textDeltas } from "./answer-text"
import { authenticate } from "./authentication"
import type { ConverseRequest } from "./converse-request"
import type { EmulatorState } from "./emulator-state"
import { nextToolUse, fixedToolUse, type ToolUse } from "./fixed-answer"
import { resolveModel, type EmulatedModel } from "./models"
import { findRoutedModel } from "./prompt-routers"
import type { Scenario } from "./scenarios"
import type { AnswerParts } from "./stream-plan"
import { checkTier } from "./tiers"
import { CHARACTERS_PER_TOKEN, completeUsage, countTokens, inputText, type TokenUsage } from "./usage"

export type PreparedAnswer = AnswerParts & { scenario: Scenario; model: EmulatedModel }

/** A request of any operation, converted to Converse's format. */
export type ParsedRequest = { request: ConverseRequest; requestedTier: string | null }

const REASONING = {
	deltas: textDeltas(
		"The person talks to the local emulator. No model is needed to answer that: a greeting will do.",
	),
	signature: "bG9jYWwtZW11bGF0b3Itc2lnbmF0dXJl",
}

/**
 * Validates a request in AWS's order (credentials, body, model, tier), applies the scenario and prepares the answer.
 *
 * @param read parses the body; it calls `model` first when the format of the body depends on the model
 * @throws AwsFailure when the request is invalid or the scenario refuses it
 */
export function prepareAnswer(
	state: EmulatorState,
	call: { headers: Readonly<Record<string, string>>; modelId: string },
	read: (model: () => EmulatedModel) => ParsedRequest,
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
	const createText = () =>
		state.answer?.text ?? answerText({ request, modelId: call.modelId, requestedTier, servedTier, long })
	const fullText = scenario.silent ? "" : createText()
	const { text, complete } = truncateAtMaxTokens(fullText, request)
	const plannedToolUse = scenario.callsTools ? nextToolUse(request) : fixedToolUse(state.answer, request)
	const toolUse = complete ? plannedToolUse : null
	const routed = findRoutedModel(call.modelId)

	return {
		scenario,
		model,
		reasoning: scenario.reasoning === undefined ? null : REASONING,
		textDeltas: textDeltas(text),
		toolUse,
		stopReason: complete ? (toolUse === null ? "end_turn" : "tool_use") : "max_tokens",
		usage: usageOf(state, scenario, request, text + toolInputText(toolUse)),
		servedTier,
		...(routed && { invokedModelId: routed.invokedModelId }),
	}
}

/** Truncates the text at the request's `maxTokens`. */
function truncateAtMaxTokens(text: string, request: ConverseRequest): { text: string; complete: boolean } {
	const maxTokens = request.inferenceConfig?.maxTokens ?? Infinity
	if (countTokens(text) <= maxTokens) return { text, complete: true }
	return { text: text.slice(0, maxTokens * CHARACTERS_PER_TOKEN), complete: false }
}

const toolInputText = (toolUse: ToolUse | null) => (toolUse === null ? "" : JSON.stringify(toolUse.input))

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
