import { messageChunks, toolUseBlock, wholeToolUse } from "../converse"
import { readConverseRequest } from "../converse-request"
import { chunkFrame } from "../frames"
import type { AnswerParts } from "../stream-plan"
import { invocationMetrics, type WireFormat } from "../wire-format"

/** Wire format of Nova models: Converse's format except for a few names. Source: the Nova user guides. */
export const nova: WireFormat = {
	read: readConverseRequest,
	encode: chunkFrame,

	answer(parts) {
		const { reasoning, toolUse } = parts
		const answerText = parts.textDeltas.join("")
		const content = [
			...(reasoning ? [{ reasoningContent: { reasoningText: { text: reasoning.deltas.join("") } } }] : []),
			...(answerText === "" ? [] : [{ text: answerText }]),
			...(toolUse ? [{ toolUse: wholeToolUse(toolUse) }] : []),
		]
		return {
			output: { message: { role: "assistant", content } },
			stopReason: parts.stopReason,
			usage: usageOf(parts),
		}
	},

	chunks(parts) {
		const { reasoning, textDeltas: texts, toolUse, stopReason } = parts
		const blocks = [
			...(reasoning ? [{ deltas: reasoning.deltas.map((text) => ({ reasoningContent: { text } })) }] : []),
			...(texts.length === 0 ? [] : [{ deltas: texts.map((text) => ({ text })) }]),
			...(toolUse ? [toolUseBlock(toolUse)] : []),
		]
		const metrics = invocationMetrics(parts)
		return [
			...messageChunks(blocks, stopReason),
			{
				json: { metadata: { usage: usageOf(parts), metrics: {}, trace: {} }, ...metrics },
				report: { withoutUsage: null, metricsOnly: metrics },
			},
		]
	},
}

function usageOf({ usage }: AnswerParts): object {
	return {
		inputTokens: usage.inputTokens,
		outputTokens: usage.outputTokens,
		totalTokens: usage.totalTokens,
		cacheReadInputTokenCount: usage.cacheReadInputTokens,
		cacheWriteInputTokenCount: usage.cacheWriteInputTokens,
	}
}
