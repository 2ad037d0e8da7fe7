import type { EmulatorState } from "./emulator-state"
import { sendJson, type Exchange } from "./exchange"
import { AwsFailure } from "./failures"
import { latencyMs, rest } from "./pace"
import { prepareAnswer } from "./prepare-answer"
import type { RecordedRequest } from "./recorder"
import { planStream, type StreamPlan } from "./stream-plan"

export type Call = {
	state: EmulatorState
	exchange: Exchange
	record: RecordedRequest
	modelId: string
	/** `x-amzn-requestid`, on every answer. */
	headers: Record<string, string>
}

export type Operation = {
	/** The name in AWS's API, where it is answered. */
	name: RecordedRequest["operation"]
	answer: (call: Call) => Promise<void>
}

/** The last part of `POST /model/{modelId}/…`, and what answers it. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
	converse: { name: "Converse", answer: converse },
	"converse-stream": { name: "ConverseStream", answer: converseStream },
	invoke: { name: null, answer: notYet("InvokeModel") },
	"invoke-with-response-stream": { name: null, answer: notYet("InvokeModelWithResponseStream") },
}

async function converse({ state, exchange, record, modelId, headers }: Call): Promise<void> {
	const prepared = prepareAnswer(state, { headers: exchange.headers, body: exchange.body, modelId })
	const { reasoning, textDeltas, toolUse, stopReason, usage, servedTier } = prepared
	const latency = latencyMs(servedTier, usage.outputTokens)
	if (state.pace === "real") await rest(latency, exchange.signal)
	if (exchange.signal.aborted) return

	const thought = reasoning && { text: reasoning.deltas.join(""), signature: reasoning.signature }
	const content = [
		...(thought === null ? [] : [{ reasoningContent: { reasoningText: thought } }]),
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
			usage,
		},
		headers,
	)
}

async function converseStream({ state, exchange, record, modelId, headers }: Call): Promise<void> {
	const prepared = prepareAnswer(state, { headers: exchange.headers, body: exchange.body, modelId })
	const plan = planStream(prepared)
	record.status = 200
	record.servedTier = prepared.servedTier
	exchange.head(200, { "content-type": "application/vnd.amazon.eventstream", ...headers })
	await runPlan(prepared.scenario.fault?.(plan) ?? plan, exchange, state.pace)
}

/** Plays a plan step by step, and stops at once when the client leaves. */
export async function runPlan(
	plan: StreamPlan,
	exchange: Pick<Exchange, "signal" | "write" | "end" | "reset" | "drop">,
	pace: "real" | "instant",
): Promise<void> {
	for (const step of plan) {
		if (step.kind === "reset") return exchange.reset()
		if (step.kind === "drop") return exchange.drop()
		if (step.kind === "silence") await rest(step.ms, exchange.signal)
		else if (pace === "real") await rest(step.waitMs, exchange.signal)
		if (exchange.signal.aborted) return
		if (step.kind === "frame") await exchange.write(step.bytes)
	}
	exchange.end()
}

function notYet(name: string): Operation["answer"] {
	return async () => {
		throw new AwsFailure("NotImplementedException", `The emulator does not answer ${name}.`)
	}
}
