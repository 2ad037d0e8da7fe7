import * as z from "zod"
import { textDeltas } from "../answer-text"
import { streamedInputOf } from "../fixed-answer"
import { chunkFrame } from "../frames"
import type { AnswerParts } from "../stream-plan"
import { invocationMetrics, readBody, toConverseRequest, type WireFormat } from "../wire-format"

const cacheControl = z.strictObject({ type: z.literal("ephemeral"), ttl: z.enum(["5m", "1h"]).optional() }).optional()
const text = z.strictObject({ type: z.literal("text"), text: z.string(), cache_control: cacheControl })
const image = z.strictObject({
	type: z.literal("image"),
	source: z.strictObject({ type: z.literal("base64"), media_type: z.string(), data: z.string().min(1) }),
	cache_control: cacheControl,
})
const block = z.discriminatedUnion("type", [
	text,
	image,
	z.strictObject({ type: z.literal("thinking"), thinking: z.string(), signature: z.string().optional() }),
	z.strictObject({ type: z.literal("redacted_thinking"), data: z.string() }),
	z.strictObject({
		type: z.literal("tool_use"),
		id: z.string(),
		name: z.string(),
		input: z.record(z.string(), z.unknown()),
		cache_control: cacheControl,
	}),
	z.strictObject({
		type: z.literal("tool_result"),
		tool_use_id: z.string(),
		content: z.array(z.discriminatedUnion("type", [text, image])),
		is_error: z.boolean().optional(),
		cache_control: cacheControl,
	}),
])

/** Strict, like the model itself: an unknown member is refused. */
const request = z.strictObject({
	anthropic_version: z.literal("bedrock-2023-05-31"),
	anthropic_beta: z.array(z.string()).optional(),
	max_tokens: z.int().min(1),
	system: z.union([z.string(), z.array(text)]).optional(),
	messages: z.array(
		z.strictObject({ role: z.enum(["user", "assistant"]), content: z.union([z.string(), z.array(block)]) }),
	),
	temperature: z.number().min(0).max(1).optional(),
	top_p: z.number().min(0).max(1).optional(),
	top_k: z.int().min(0).optional(),
	stop_sequences: z.array(z.string()).optional(),
	thinking: z.looseObject({ type: z.string() }).optional(),
	output_config: z.looseObject({}).optional(),
	tools: z
		.array(
			z.strictObject({
				name: z.string(),
				description: z.string().optional(),
				input_schema: z.looseObject({ type: z.literal("object") }),
				cache_control: cacheControl,
			}),
		)
		.min(1)
		.optional(),
	tool_choice: z
		.strictObject({ type: z.enum(["auto", "any", "tool", "none"]), name: z.string().optional() })
		.optional(),
})

type Block = z.infer<typeof block>

/** Wire format of Claude models. Source: Anthropic's and AWS's documentation of the Messages API. */
export const anthropicMessages: WireFormat = {
	encode: chunkFrame,

	read(body) {
		const { system = [], messages, tools, thinking, tool_choice, ...limits } = readBody(request, body)
		return toConverseRequest({
			system: typeof system === "string" ? [{ text: system }] : system.map(({ text }) => ({ text })),
			messages: messages.map(({ role, content }) => ({
				role,
				content: typeof content === "string" ? [{ text: content }] : content.map(toConverse),
			})),
			inferenceConfig: {
				maxTokens: limits.max_tokens,
				temperature: limits.temperature,
				topP: limits.top_p,
				stopSequences: limits.stop_sequences,
			},
			...(thinking && { additionalModelRequestFields: { thinking } }),
			...(tools && {
				toolConfig: {
					tools: tools.map(({ name, input_schema }) => ({
						toolSpec: { name, inputSchema: { json: input_schema } },
					})),
					...(tool_choice && { toolChoice: tool_choice }),
				},
			}),
		})
	},

	answer(parts, model) {
		const { reasoning, toolUse } = parts
		const answerText = parts.textDeltas.join("")
		return {
			id: "msg_bdrk_emulator",
			type: "message",
			role: "assistant",
			model,
			content: [
				...(reasoning
					? [{ type: "thinking", thinking: reasoning.deltas.join(""), signature: reasoning.signature }]
					: []),
				...(answerText === "" ? [] : [{ type: "text", text: answerText }]),
				...(toolUse
					? [{ type: "tool_use", id: toolUse.toolUseId, name: toolUse.name, input: toolUse.input }]
					: []),
			],
			stop_reason: parts.stopReason,
			stop_sequence: null,
			usage: { ...inputUsage(parts), output_tokens: parts.usage.outputTokens },
		}
	},

	chunks(parts, model) {
		const { stopReason, usage } = parts
		const stop = { type: "message_delta", delta: { stop_reason: stopReason, stop_sequence: null } }
		const end = { type: "message_stop" }
		const metrics = { ...end, ...invocationMetrics(parts) }
		const message = {
			id: "msg_bdrk_emulator",
			type: "message",
			role: "assistant",
			model,
			content: [],
			stop_reason: null,
		}
		return [
			{
				json: {
					type: "message_start",
					message: { ...message, usage: { ...inputUsage(parts), output_tokens: 1 } },
				},
			},
			...blocksOf(parts).flatMap(({ start, deltas }, index) => [
				{ json: { type: "content_block_start", index, content_block: start } },
				...deltas.map((delta) => ({
					json: { type: "content_block_delta", index, delta },
					delta: true as const,
				})),
				{ json: { type: "content_block_stop", index } },
			]),
			{
				json: { ...stop, usage: { output_tokens: usage.outputTokens } },
				report: { withoutUsage: stop, metricsOnly: stop },
			},
			{ json: metrics, report: { withoutUsage: end, metricsOnly: metrics } },
		]
	},
}

function toConverse(content: Block): object {
	switch (content.type) {
		case "text":
			return { text: content.text }
		case "tool_use":
			return { toolUse: { toolUseId: content.id, name: content.name, input: content.input } }
		case "tool_result":
			return { toolResult: { toolUseId: content.tool_use_id, content: content.content.map(toConverse) } }
		case "image": {
			const { media_type, data } = content.source
			return { image: { format: media_type.replace("image/", ""), source: { bytes: data } } }
		}
		case "thinking":
			return { reasoningContent: { reasoningText: { text: content.thinking, signature: content.signature } } }
		default:
			return { reasoningContent: { redactedContent: content.data } }
	}
}

function inputUsage({ usage }: AnswerParts): object {
	const oneHour = usage.cacheDetails?.find(({ ttl }) => ttl === "1h")?.inputTokens ?? 0
	return {
		input_tokens: usage.inputTokens,
		cache_creation_input_tokens: usage.cacheWriteInputTokens,
		cache_read_input_tokens: usage.cacheReadInputTokens,
		cache_creation: {
			ephemeral_5m_input_tokens: usage.cacheWriteInputTokens - oneHour,
			ephemeral_1h_input_tokens: oneHour,
		},
	}
}

function blocksOf({ reasoning, textDeltas: texts, toolUse }: AnswerParts): { start: object; deltas: object[] }[] {
	const thinkingDeltas = (reasoning?.deltas ?? []).map((thinking) => ({ type: "thinking_delta", thinking }))
	const signature = { type: "signature_delta", signature: reasoning?.signature }
	const inputDeltas = toolUse ? textDeltas(streamedInputOf(toolUse)) : []
	return [
		...(reasoning
			? [{ start: { type: "thinking", thinking: "", signature: "" }, deltas: [...thinkingDeltas, signature] }]
			: []),
		...(texts.length === 0
			? []
			: [{ start: { type: "text", text: "" }, deltas: texts.map((text) => ({ type: "text_delta", text })) }]),
		...(toolUse
			? [
					{
						start: { type: "tool_use", id: toolUse.toolUseId, name: toolUse.name, input: {} },
						deltas: inputDeltas.map((json) => ({ type: "input_json_delta", partial_json: json })),
					},
				]
			: []),
	]
}
