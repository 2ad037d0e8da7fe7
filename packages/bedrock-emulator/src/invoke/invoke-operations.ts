import type { Call } from "../call"
import { sendJson, type Exchange } from "../exchange"
import { chunkFrame } from "../frames"
import { latencyMs, paceOf, delay } from "../pace"
import { prepareAnswer, type PreparedAnswer } from "../prepare-answer"
import type { RecordedRequest } from "../recorder"
import { runPlan } from "../run-plan"
import type { StreamPlan, StreamStep } from "../stream-plan"
import { anthropicMessages } from "./anthropic-messages"
import { chatCompletions } from "./chat-completions"
import { nova } from "./nova"
import type { WireFormat } from "./wire-format"

const TIER_HEADER = "x-amzn-bedrock-service-tier"

const WIRE_FORMATS = {
	"anthropic-messages": anthropicMessages,
	"chat-completions": chatCompletions,
	nova,
} satisfies Record<string, WireFormat>

/** InvokeModel reads the tier from a header; a tier in the body has no effect and counts as an unknown member. */
export function inspectInvokeRequest({
	headers,
	body,
}: Pick<Exchange, "headers" | "body">): Pick<RecordedRequest, "requestedTier" | "unknownMembers"> {
	const unknownMembers = /"(service_?tier)"\s*:/i.exec(body)?.slice(1) ?? []
	return { requestedTier: headers[TIER_HEADER] ?? null, unknownMembers }
}

function prepare({ state, exchange, modelId }: Call): PreparedAnswer {
	return prepareAnswer(state, { headers: exchange.headers, modelId }, (model) => ({
		request: WIRE_FORMATS[model().format].read(exchange.body),
		requestedTier: exchange.headers[TIER_HEADER] ?? null,
	}))
}

function tierHeaders({ servedTier }: PreparedAnswer): Record<string, string> {
	return servedTier === null ? {} : { [TIER_HEADER]: servedTier }
}

export async function invokeModel(call: Call): Promise<void> {
	const { state, exchange, record, headers } = call
	const prepared = prepare(call)
	const { model, servedTier, usage } = prepared
	if (state.pace === "real") await delay(latencyMs(servedTier, usage.outputTokens), exchange.signal)
	if (exchange.signal.aborted) return
	record.status = 200
	record.servedTier = servedTier
	sendJson(exchange, 200, WIRE_FORMATS[model.format].answer(prepared, model.id), {
		...headers,
		...tierHeaders(prepared),
	})
}

export async function invokeModelWithResponseStream(call: Call): Promise<void> {
	const { state, exchange, record, headers } = call
	const prepared = prepare(call)
	record.status = 200
	record.servedTier = prepared.servedTier
	exchange.head(200, {
		"content-type": "application/vnd.amazon.eventstream",
		"x-amzn-bedrock-content-type": "application/json",
		...headers,
		...tierHeaders(prepared),
	})
	const plan = planChunks(prepared)
	await runPlan(prepared.scenario.fault?.(plan) ?? plan, exchange, state.pace)
}

function planChunks(prepared: PreparedAnswer): StreamPlan {
	const { model, servedTier, usage } = prepared
	const chunks = WIRE_FORMATS[model.format].chunks(prepared, model.id)
	const pace = paceOf(servedTier)
	const deltas = chunks.filter(({ delta }) => delta).length
	const deltaMs = (usage.outputTokens * 1000) / pace.tokensPerSecond / Math.max(1, deltas)
	const frame = (json: object | null) => (json === null ? null : chunkFrame(json))
	return chunks.map(({ json, delta, report }, index): StreamStep => ({
		kind: "frame",
		event: "chunk",
		waitMs: index === 0 ? pace.firstTokenMs : delta ? deltaMs : 0,
		bytes: chunkFrame(json),
		...(delta && { delta }),
		...(report && {
			report: { withoutUsage: frame(report.withoutUsage), metricsOnly: frame(report.metricsOnly) },
		}),
	}))
}
