import { findRoutedModel } from "./account-resources"
import { answerText, textDeltas } from "./answer-text"
import { authenticate } from "./authentication"
import { checkModelRules } from "./conversation-rules"
import { converse } from "./converse"
import type { ConverseRequest } from "./converse-shape"
import type { EmulatorState } from "./emulator-state"
import type { Exchange } from "./exchange"
import { firstToolUse, fixedToolUse, nextToolUse } from "./fixed-answer"
import { resolveModel, type EmulatedModel } from "./models"
import { checkParameters, parametersOf } from "./parameters"
import type { RecordedRequest } from "./recorder"
import type { Scenario } from "./scenarios"
import type { AnswerParts } from "./stream-plan"
import { checkTier } from "./tiers"
import { CHARACTERS_PER_TOKEN, completeUsage, countTokens, inputText, type TokenUsage } from "./usage"
import type { WireFormat } from "./wire-format"

/** A request for one operation, with everything that is needed to answer it. */
export type Call = {
	state: EmulatorState
	exchange: Exchange
	record: RecordedRequest
	modelId: string
	/** Headers of every response: `x-amzn-requestid`. */
	headers: Record<string, string>
}

export type PreparedAnswer = AnswerParts & { format: WireFormat; scenario: Scenario; model: EmulatedModel }

const REASONING = {
	deltas: textDeltas(
		"The person talks to the local emulator. No model is needed to answer that: a greeting will do.",
	),
	signature: "bG9jYWwtZW11bGF0b3Itc2lnbmF0dXJl",
}

/**
 * Validates a request in AWS's order (credentials, body, model, tier), applies the scenario and prepares the answer.
 *
 * @param formatOf returns the format of the body; it calls `findModel` when the format depends on the model
 * @throws AwsFailure when the request is invalid or the scenario refuses it
 */
export function prepareAnswer(
	{ state, exchange, record: { requestedTier }, modelId }: Call,
	formatOf: (findModel: () => EmulatedModel) => WireFormat,
): PreparedAnswer {
	const region = authenticate(exchange.headers) ?? state.region
	const findModel = () => resolveModel(modelId, region)
	const format = formatOf(findModel)
	const request = format.read(exchange.body)
	const model = findModel()
	checkModelRules(request, model)
	checkTier(model, requestedTier)
	checkParameters(model.id, request, format === converse)

	const { scenario, attempt } = state.nextAttempt()
	const refusal = scenario.refuse?.({ requestedTier, attempt, parameters: parametersOf(request) })
	if (refusal) throw refusal

	const servedTier = scenario.serve === undefined ? (requestedTier ?? "default") : scenario.serve(requestedTier)
	const long = scenario.long ?? false
	const createText = () => state.answer?.text ?? answerText({ request, modelId, requestedTier, servedTier, long })
	const fullText = scenario.silent ? "" : createText()
	const { text, complete } = truncateAtMaxTokens(fullText, request)
	const plannedToolUse = scenario.callsFirstTool
		? firstToolUse(scenario.callsFirstTool, request)
		: scenario.callsTools
			? nextToolUse(request)
			: fixedToolUse(state.answer, request)
	const toolUse = complete ? plannedToolUse : null
	const routed = findRoutedModel(modelId)

	return {
		format,
		scenario,
		model,
		reasoning: scenario.reasoning === undefined ? null : REASONING,
		textDeltas: textDeltas(text),
		toolUse,
		stopReason: scenario.stopReason ?? (complete ? (toolUse === null ? "end_turn" : "tool_use") : "max_tokens"),
		usage: usageOf(state, scenario, request, text + (toolUse ? JSON.stringify(toolUse.input) : "")),
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
