import type { ConverseStreamOutput, TokenUsage as BedrockTokenUsage } from "@aws-sdk/client-bedrock-runtime"
import { readServedTier, type ServedTier, type ServiceTier } from "@bedrock-tiers/core"
import type { ApiStream, ApiStreamChunk } from "../../provider-contract"
import type { ProviderFailure } from "../../provider-failure"
import { classifyStreamFailure, incompleteStream, isServiceException } from "./failures"
import type { RequestPlan } from "./request-plan"
import { usageChunk } from "./usage-chunk"

/** An answer that has begun: what was decided about the request, and Bedrock's events. */
export type OpenedStream = { readonly plan: RequestPlan; readonly events: AsyncIterable<ConverseStreamOutput> }

/**
 * Turns Bedrock's events into the host's chunks. The only generator layer around the SDK's stream: each one more costs
 * every event.
 *
 * The metadata event comes after messageStop, so usage is reported when the stream is over: once, whatever way it
 * ended, if Bedrock accepted the request. HTTP/2 may end a broken stream without an error, so an end without
 * messageStop is a failure.
 */
export async function* foldStream(
	open: () => Promise<OpenedStream>,
	requestedTier: ServiceTier,
	signal: AbortSignal | undefined,
): ApiStream {
	const { plan, events } = await open()
	let accepted = false
	let stopReason: string | null = null
	let usage: BedrockTokenUsage | undefined
	let servedTier: ServedTier | null = null
	let failure: ProviderFailure | undefined
	try {
		for await (const event of events) {
			accepted = true
			const chunk = contentChunk(event)
			if (chunk) yield chunk
			else if (event.messageStop) stopReason = event.messageStop.stopReason ?? "unknown"
			else if (event.metadata) {
				usage = event.metadata.usage ?? usage
				servedTier = readServedTier(event.metadata) ?? servedTier
			}
		}
	} catch (error) {
		failure = classifyStreamFailure(error, plan, signal)
		// An exception frame is an answer: Bedrock refused. Anything else may have happened after it accepted.
		accepted ||= !isServiceException(error)
	}
	if (stopReason === null) {
		accepted ||= failure === undefined
		// Over HTTP/2 an abort, too, ends the stream without an error.
		failure ??= signal?.aborted ? classifyStreamFailure(signal.reason, plan, signal) : incompleteStream()
	}
	if (accepted) yield usageChunk(plan, requestedTier, { usage, servedTier, stopReason })
	if (failure !== undefined) throw failure
}

/** What a content event brings for the host; null for every other event, and for a kind that is not known. */
function contentChunk({ contentBlockStart, contentBlockDelta }: ConverseStreamOutput): ApiStreamChunk | null {
	if (contentBlockDelta) {
		const { delta, contentBlockIndex: index = 0 } = contentBlockDelta
		if (delta?.text) return { type: "text", text: delta.text }
		if (delta?.toolUse?.input) return { type: "tool_call_partial", index, arguments: delta.toolUse.input }
		const thought = delta?.reasoningContent
		if (thought?.text) return { type: "reasoning", text: thought.text }
		if (thought?.signature) return { type: "thinking_complete", signature: thought.signature }
		if (thought?.redactedContent)
			return { type: "redacted_thinking", data: Buffer.from(thought.redactedContent).toString("base64") }
		return null
	}
	const call = contentBlockStart?.start?.toolUse
	if (!call) return null
	return {
		type: "tool_call_partial",
		index: contentBlockStart.contentBlockIndex ?? 0,
		...(call.toolUseId ? { id: call.toolUseId } : {}),
		...(call.name ? { name: call.name } : {}),
	}
}
