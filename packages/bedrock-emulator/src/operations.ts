import { converse } from "./converse"
import { inspectConverseBody } from "./converse-request"
import { sendJson, type Exchange } from "./exchange"
import { anthropicMessages } from "./invoke/anthropic-messages"
import { chatCompletions } from "./invoke/chat-completions"
import { nova } from "./invoke/nova"
import type { EmulatedModel } from "./models"
import { delay, latencyMs } from "./pace"
import { prepareAnswer, type Call } from "./prepare-answer"
import type { RecordedRequest } from "./recorder"
import { planStream, runPlan } from "./run-plan"
import type { WireFormat } from "./wire-format"

const TIER_HEADER = "x-amzn-bedrock-service-tier"

const INVOKE_FORMATS: Readonly<Record<EmulatedModel["format"], WireFormat>> = {
	"anthropic-messages": anthropicMessages,
	"chat-completions": chatCompletions,
	nova,
}

/** What Converse and InvokeModel do differently, with or without a stream. */
type Api = {
	/** Reads the requested tier and the unknown members of a request that is not validated yet. */
	inspect: (exchange: Pick<Exchange, "headers" | "body">) => Pick<RecordedRequest, "requestedTier" | "unknownMembers">
	/** Calls `findModel` only when the format depends on the model, which is then validated before the body. */
	formatOf: (findModel: () => EmulatedModel) => WireFormat
	headers: (servedTier: string | null) => Record<string, string>
	streamHeaders: Record<string, string>
}

const CONVERSE: Api = {
	inspect: ({ body }) => inspectConverseBody(body),
	formatOf: () => converse,
	headers: () => ({}),
	streamHeaders: {},
}

const INVOKE_MODEL: Api = {
	/** InvokeModel reads the tier from a header; a tier in the body has no effect and counts as an unknown member. */
	inspect: ({ headers, body }) => ({
		requestedTier: headers[TIER_HEADER] ?? null,
		unknownMembers: /"(service_?tier)"\s*:/i.exec(body)?.slice(1) ?? [],
	}),
	formatOf: (findModel) => INVOKE_FORMATS[findModel().format],
	headers: (servedTier): Record<string, string> => (servedTier === null ? {} : { [TIER_HEADER]: servedTier }),
	streamHeaders: { "x-amzn-bedrock-content-type": "application/json" },
}

export type Operation = {
	/** The name in the AWS API. */
	name: NonNullable<RecordedRequest["operation"]>
	api: Api
	streams: boolean
}

/** The operations, by the last path segment of `POST /model/{modelId}/…`. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
	converse: { name: "Converse", api: CONVERSE, streams: false },
	"converse-stream": { name: "ConverseStream", api: CONVERSE, streams: true },
	invoke: { name: "InvokeModel", api: INVOKE_MODEL, streams: false },
	"invoke-with-response-stream": { name: "InvokeModelWithResponseStream", api: INVOKE_MODEL, streams: true },
}

/** @throws AwsFailure when the request is invalid or the scenario refuses it */
export async function answerOperation({ api, streams }: Operation, call: Call): Promise<void> {
	const { state, exchange, record } = call
	const prepared = prepareAnswer(call, api.formatOf)
	const { format, model, scenario, servedTier, usage } = prepared
	if (!streams) {
		if (state.pace === "real") await delay(latencyMs(servedTier, usage.outputTokens), exchange.signal)
		if (exchange.signal.aborted) return
	}
	record.status = 200
	record.servedTier = servedTier
	const headers = { ...call.headers, ...api.headers(servedTier) }
	if (!streams) return sendJson(exchange, 200, format.answer(prepared, model.id), headers)
	exchange.head(200, { "content-type": "application/vnd.amazon.eventstream", ...api.streamHeaders, ...headers })
	const plan = planStream(format, prepared, model.id)
	await runPlan(scenario.fault?.(plan) ?? plan, exchange, state.pace)
}
