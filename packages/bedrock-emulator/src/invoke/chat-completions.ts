import * as z from "zod"
import { textDeltas } from "../answer-text"
import { chunkFrame } from "../frames"
import { streamedInputOf } from "../fixed-answer"
import type { AnswerParts, StopReason } from "../stream-plan"
import { invocationMetrics, readBody, toConverseRequest, type WireFormat } from "../wire-format"

const part = z.discriminatedUnion("type", [
	z.looseObject({ type: z.literal("text"), text: z.string() }),
	z.looseObject({ type: z.literal("image_url"), image_url: z.looseObject({ url: z.string().startsWith("data:") }) }),
])
const content = z.union([z.string(), z.array(part)])
const message = z.discriminatedUnion("role", [
	z.looseObject({ role: z.enum(["system", "developer"]), content }),
	z.looseObject({ role: z.literal("user"), content }),
	z.looseObject({
		role: z.literal("assistant"),
		content: content.nullish(),
		tool_calls: z
			.array(
				z.looseObject({
					id: z.string(),
					type: z.literal("function"),
					function: z.looseObject({ name: z.string(), arguments: z.string() }),
				}),
			)
			.optional(),
	}),
	z.looseObject({ role: z.literal("tool"), tool_call_id: z.string(), content }),
])

const request = z.looseObject({
	messages: z.array(message),
	max_tokens: z.int().min(1).optional(),
	max_completion_tokens: z.int().min(1).optional(),
	temperature: z.number().min(0).max(2).optional(),
	top_p: z.number().min(0).max(1).optional(),
	stop: z.array(z.string()).optional(),
	tools: z
		.array(z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string() }) }))
		.min(1)
		.optional(),
	tool_choice: z
		.union([
			z.enum(["auto", "required", "none"]),
			z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string() }) }),
		])
		.optional(),
})

/** Wire format of most open-weight models. Source: OpenAI's API reference and AWS's model cards. */
export const chatCompletions: WireFormat = {
	encode: chunkFrame,

	read(body) {
		const { messages, tools, tool_choice, ...limits } = readBody(request, body)
		const maxTokens = limits.max_completion_tokens ?? limits.max_tokens
		return toConverseRequest({
			system: messages.filter(isSystem).map(({ content }) => ({ text: textOf(content) })),
			messages: joinResults(messages.filter((chatMessage) => !isSystem(chatMessage)).map(toConverse)),
			inferenceConfig: {
				maxTokens,
				temperature: limits.temperature,
				topP: limits.top_p,
				stopSequences: limits.stop,
			},
			...(tools && {
				toolConfig: {
					tools: tools.map(({ function: { name, parameters } }) => ({
						toolSpec: { name, ...(parameters !== undefined && { inputSchema: { json: parameters } }) },
					})),
					...(tool_choice && { toolChoice: { choice: tool_choice } }),
				},
			}),
		})
	},

	answer(parts, model) {
		const { toolUse } = parts
		const [tagged, reasoningText] = reasoningOf(parts, model)
		const text = tagged + parts.textDeltas.join("")
		return {
			...header("chat.completion", model),
			choices: [
				{
					index: 0,
					message: {
						role: "assistant",
						content: text === "" ? null : text,
						...(reasoningText && { reasoning_content: reasoningText }),
						...(toolUse && { tool_calls: [{ ...toolCall(toolUse), index: 0 }] }),
					},
					finish_reason: finishReason(parts.stopReason),
				},
			],
			usage: usageOf(parts),
		}
	},

	chunks(parts, model) {
		const [tagged, reasoningText] = reasoningOf(parts, model)
		const chunk = (delta: object, finish_reason: string | null = null) => ({
			...header("chat.completion.chunk", model),
			choices: [{ index: 0, delta, finish_reason }],
		})
		const deltaChunk = (delta: object) => ({ json: chunk(delta), delta: true as const })
		const last = { ...header("chat.completion.chunk", model), choices: [] }
		const metrics = { ...last, ...invocationMetrics(parts) }
		return [
			{ json: chunk({ role: "assistant", content: "" }) },
			...textDeltas(reasoningText ?? "").map((text) => deltaChunk({ reasoning_content: text })),
			...textDeltas(tagged).map((text) => deltaChunk({ content: text })),
			...parts.textDeltas.map((text) => deltaChunk({ content: text })),
			...toolCallDeltas(parts).map((tool_call) => deltaChunk({ tool_calls: [tool_call] })),
			{ json: chunk({}, finishReason(parts.stopReason)) },
			{ json: { ...metrics, usage: usageOf(parts) }, report: { withoutUsage: null, metricsOnly: metrics } },
		]
	},
}

type ChatMessage = z.infer<typeof message>
type SystemMessage = Extract<ChatMessage, { role: "system" | "developer" }>

const isSystem = (chatMessage: ChatMessage): chatMessage is SystemMessage =>
	chatMessage.role === "system" || chatMessage.role === "developer"

function textOf(parts: z.infer<typeof content>): string {
	return typeof parts === "string" ? parts : parts.map((part) => (part.type === "text" ? part.text : "")).join("")
}

function blocksOf(parts: z.infer<typeof content>): object[] {
	if (typeof parts === "string") return [{ text: parts }]
	return parts.map((part) => (part.type === "text" ? { text: part.text } : imageOf(part.image_url.url)))
}

function imageOf(url: string): object {
	const [, format, bytes] = /^data:image\/([a-z]+);base64,(.*)$/s.exec(url) ?? []
	return { image: { format, source: { bytes } } }
}

type JoinedMessage = { role: string; content: object[] }

/** Each tool result is a message of its own; Converse has all of them at the start of the user's message. */
function joinResults(messages: readonly JoinedMessage[]): JoinedMessage[] {
	const joined: JoinedMessage[] = []
	for (const message of messages) {
		const last = joined.at(-1)
		const followsResult = last?.content.some((block) => "toolResult" in block) && message.role === "user"
		if (last && followsResult) last.content.push(...message.content)
		else joined.push({ ...message })
	}
	return joined
}

function toConverse(chatMessage: ChatMessage): JoinedMessage {
	if (chatMessage.role === "tool") {
		const toolResult = { toolUseId: chatMessage.tool_call_id, content: [{ text: textOf(chatMessage.content) }] }
		return { role: "user", content: [{ toolResult }] }
	}
	if (chatMessage.role !== "assistant") return { role: "user", content: blocksOf(chatMessage.content) }
	const calls = (chatMessage.tool_calls ?? []).map(({ id, function: { name, arguments: json } }) => ({
		toolUse: { toolUseId: id, name, input: JSON.parse(json) as unknown },
	}))
	return { role: "assistant", content: [...(chatMessage.content ? blocksOf(chatMessage.content) : []), ...calls] }
}

/** A stop reason that OpenAI's API does not have is sent as it is. */
const FINISH_REASONS: Readonly<Partial<Record<StopReason, string>>> = {
	end_turn: "stop",
	max_tokens: "length",
	tool_use: "tool_calls",
	content_filtered: "content_filter",
}
const finishReason = (stopReason: StopReason) => FINISH_REASONS[stopReason] ?? stopReason

function header(object: string, model: string): object {
	return { id: "chatcmpl-emulator", object, created: Math.floor(Date.now() / 1000), model }
}

/** OpenAI's models put reasoning into the text, between tags; the others use a separate member. */
function reasoningOf({ reasoning }: AnswerParts, modelId: string): [tagged: string, reasoningText: string | null] {
	const reasoningText = reasoning?.deltas.join("") ?? null
	if (reasoningText === null || !modelId.startsWith("openai.")) return ["", reasoningText]
	return [`<reasoning>${reasoningText}</reasoning>`, null]
}

function toolCall(toolUse: NonNullable<AnswerParts["toolUse"]>) {
	const { toolUseId, name } = toolUse
	return { id: toolUseId, type: "function", function: { name, arguments: streamedInputOf(toolUse) } }
}

function toolCallDeltas({ toolUse }: AnswerParts): object[] {
	if (!toolUse) return []
	const { function: functionCall, ...start } = toolCall(toolUse)
	return [
		{ index: 0, ...start, function: { name: functionCall.name, arguments: "" } },
		...textDeltas(functionCall.arguments).map((json) => ({ index: 0, function: { arguments: json } })),
	]
}

/** Token counts in OpenAI's format, where `prompt_tokens` includes the cached tokens. */
function usageOf({ usage }: AnswerParts): object {
	return {
		prompt_tokens: usage.inputTokens + usage.cacheReadInputTokens + usage.cacheWriteInputTokens,
		completion_tokens: usage.outputTokens,
		total_tokens: usage.totalTokens,
		prompt_tokens_details: {
			cached_tokens: usage.cacheReadInputTokens,
			cache_write_tokens: usage.cacheWriteInputTokens,
		},
	}
}
