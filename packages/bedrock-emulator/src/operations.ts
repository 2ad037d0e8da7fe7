import type { Call } from "./call"
import { inspectConverseBody, readConverseRequest } from "./converse-request"
import { sendJson, type Exchange } from "./exchange"
import { inspectInvokeRequest, invokeModel, invokeModelWithResponseStream } from "./invoke/invoke-operations"
import { delay, latencyMs } from "./pace"
import { prepareAnswer } from "./prepare-answer"
import type { RecordedRequest } from "./recorder"
import { runPlan } from "./run-plan"
import { planStream, traceOf } from "./stream-plan"

export type Operation = {
	/** The name in the AWS API. */
	name: NonNullable<RecordedRequest["operation"]>
	/** Reads the requested tier and the unknown members of a request that is not validated yet. */
	inspect: (exchange: Pick<Exchange, "headers" | "body">) => Pick<RecordedRequest, "requestedTier" | "unknownMembers">
	answer: (call: Call) => Promise<void>
}

/** The operations, by the last path segment of `POST /model/{modelId}/…`. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
	converse: { name: "Converse", inspect: ({ body }) => inspectConverseBody(body), answer: converse },
	"converse-stream": {
		name: "ConverseStream",
		inspect: ({ body }) => inspectConverseBody(body),
		answer: converseStream,
	},
	invoke: { name: "InvokeModel", inspect: inspectInvokeRequest, answer: invokeModel },
	"invoke-with-response-stream": {
		name: "InvokeModelWithResponseStream",
		inspect: inspectInvokeRequest,
		answer: invokeModelWithResponseStream,
	},
}

function prepare({ state, exchange, modelId }: Call) {
	return prepareAnswer(state, { headers: exchange.headers, modelId }, () => {
		const request = readConverseRequest(exchange.body)
		return { request, requestedTier: request.serviceTier?.type ?? null }
	})
}

async function converse(call: Call): Promise<void> {
	const { state, exchange, record, headers } = call
	const prepared = prepare(call)
	const { reasoning, textDeltas, toolUse, stopReason, usage, servedTier } = prepared
	const latency = latencyMs(servedTier, usage.outputTokens)
	if (state.pace === "real") await delay(latency, exchange.signal)
	if (exchange.signal.aborted) return

	const reasoningText = reasoning && { text: reasoning.deltas.join(""), signature: reasoning.signature }
	const content = [
		...(reasoningText === null ? [] : [{ reasoningContent: { reasoningText } }]),
		...(textDeltas.length === 0 && toolUse !== null ? [] : [{ text: textDeltas.join("") }]),
		...(toolUse === null ? [] : [{ toolUse }]),
	]
	record.status = 200
	record.servedTier = servedTier
	sendJson(
		exchange,
		200,
		{
			metrics: { latencyMs: latency },
			output: { message: { content, role: "assistant" } },
			...(servedTier !== null && { serviceTier: { type: servedTier } }),
			stopReason,
			...traceOf(prepared),
			usage,
		},
		headers,
	)
}

async function converseStream(call: Call): Promise<void> {
	const { state, exchange, record, headers } = call
	const prepared = prepare(call)
	const plan = planStream(prepared)
	record.status = 200
	record.servedTier = prepared.servedTier
	exchange.head(200, { "content-type": "application/vnd.amazon.eventstream", ...headers })
	await runPlan(prepared.scenario.fault?.(plan) ?? plan, exchange, state.pace)
}
