import { textDeltas } from "../answer-text"
import { readConverseRequest } from "../converse-request"
import type { AnswerParts } from "../stream-plan"
import { invocationMetrics, type WireFormat } from "./wire-format"

/** Wire format of Nova models: Converse's format except for a few names. Source: the Nova user guides. */
export const nova: WireFormat = {
	read: readConverseRequest,

	answer(parts) {
		const { reasoning, toolUse } = parts
		const answerText = parts.textDeltas.join("")
		const content = [
			...(reasoning ? [{ reasoningContent: { reasoningText: { text: reasoning.deltas.join("") } } }] : []),
			...(answerText === "" ? [] : [{ text: answerText }]),
			...(toolUse ? [{ toolUse }] : []),
		]
		return {
			output: { message: { role: "assistant", content } },
			stopReason: parts.stopReason,
			usage: usageOf(parts),
		}
	},

	chunks(parts) {
		const metadata = { metadata: { usage: usageOf(parts), metrics: {}, trace: {} }, ...invocationMetrics(parts) }
		return [
			{ json: { messageStart: { role: "assistant" } } },
			...blocksOf(parts).flatMap(({ start, deltas }, contentBlockIndex) => [
				...(start ? [{ json: { contentBlockStart: { start, contentBlockIndex } } }] : []),
				...deltas.map((delta) => ({
					json: { contentBlockDelta: { delta, contentBlockIndex } },
					delta: true as const,
				})),
				{ json: { contentBlockStop: { contentBlockIndex } } },
			]),
			{ json: { messageStop: { stopReason: parts.stopReason } } },
			{ json: metadata, report: { withoutUsage: null, metricsOnly: invocationMetrics(parts) } },
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

function blocksOf({ reasoning, textDeltas: texts, toolUse }: AnswerParts): { start?: object; deltas: object[] }[] {
	return [
		...(reasoning ? [{ deltas: reasoning.deltas.map((text) => ({ reasoningContent: { text } })) }] : []),
		...(texts.length === 0 ? [] : [{ deltas: texts.map((text) => ({ text })) }]),
		...(toolUse
			? [
					{
						start: { toolUse: { toolUseId: toolUse.toolUseId, name: toolUse.name } },
						deltas: textDeltas(JSON.stringify(toolUse.input)).map((input) => ({ toolUse: { input } })),
					},
				]
			: []),
	]
}
