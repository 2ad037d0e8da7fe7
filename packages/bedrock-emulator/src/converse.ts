import { textDeltas } from "./answer-text"
import { readConverseRequest } from "./converse-request"
import { streamedInputOf, type ToolUse } from "./fixed-answer"
import { eventFrame } from "./frames"
import { latencyMs } from "./pace"
import type { AnswerParts } from "./stream-plan"
import type { WireChunk, WireFormat } from "./wire-format"

/** Format of Converse and ConverseStream. A chunk has one member, named after the event. */
export const converse: WireFormat = {
	read: readConverseRequest,

	answer(parts) {
		const { reasoning, textDeltas: texts, toolUse, stopReason, usage } = parts
		const reasoningText = reasoning && { text: reasoning.deltas.join(""), signature: reasoning.signature }
		const content = [
			...(reasoningText ? [{ reasoningContent: { reasoningText } }] : []),
			...(texts.length === 0 && toolUse ? [] : [{ text: texts.join("") }]),
			...(toolUse ? [{ toolUse: wholeToolUse(toolUse) }] : []),
		]
		return { output: { message: { content, role: "assistant" } }, stopReason, usage, ...metadataOf(parts) }
	},

	chunks(parts) {
		const { reasoning, textDeltas: texts, toolUse, stopReason, usage } = parts
		const blocks = [
			...(reasoning ? [{ deltas: reasoningDeltas(reasoning) }] : []),
			...(texts.length === 0 && toolUse ? [] : [{ deltas: texts.map((text) => ({ text })) }]),
			...(toolUse ? [toolUseBlock(toolUse)] : []),
		]
		return [
			...messageChunks(blocks, stopReason),
			{
				json: { metadata: { usage, ...metadataOf(parts) } },
				report: { withoutUsage: null, metricsOnly: null },
			},
		]
	},

	encode(json) {
		const [[name, payload] = ["", {}]] = Object.entries(json) as [string, object][]
		return eventFrame(name, payload)
	},
}

export type ContentBlock = { start?: object; deltas: object[] }

/** The events of an answer up to messageStop. contentBlockStart is sent only for a tool use. */
export function messageChunks(blocks: readonly ContentBlock[], stopReason: AnswerParts["stopReason"]): WireChunk[] {
	return [
		{ json: { messageStart: { role: "assistant" } } },
		...blocks.flatMap(({ start, deltas }, contentBlockIndex) => [
			...(start ? [{ json: { contentBlockStart: { start, contentBlockIndex } } }] : []),
			...deltas.map((delta) => ({
				json: { contentBlockDelta: { delta, contentBlockIndex } },
				delta: true as const,
			})),
			{ json: { contentBlockStop: { contentBlockIndex } } },
		]),
		{ json: { messageStop: { stopReason } } },
	]
}

export function wholeToolUse({ toolUseId, name, input }: ToolUse): object {
	return { toolUseId, name, input }
}

export function toolUseBlock(toolUse: ToolUse): ContentBlock {
	const { toolUseId, name } = toolUse
	return {
		start: { toolUse: { toolUseId, name } },
		deltas: textDeltas(streamedInputOf(toolUse)).map((text) => ({ toolUse: { input: text } })),
	}
}

function reasoningDeltas({ deltas, signature }: NonNullable<AnswerParts["reasoning"]>): object[] {
	return [...deltas.map((text) => ({ reasoningContent: { text } })), { reasoningContent: { signature } }]
}

/** Latency, served tier and, after a call of a prompt router, the model that it selected. */
function metadataOf({ usage, servedTier, invokedModelId }: AnswerParts): object {
	return {
		metrics: { latencyMs: latencyMs(servedTier, usage.outputTokens) },
		...(servedTier !== null && { serviceTier: { type: servedTier } }),
		...(invokedModelId !== undefined && { trace: { promptRouter: { invokedModelId } } }),
	}
}
