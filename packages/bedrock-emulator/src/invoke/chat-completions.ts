import * as z from "zod"
import { textDeltas } from "../answer-text"
import type { AnswerParts } from "../stream-plan"
import { asConverse, readBody } from "./read-body"
import { invocationMetrics, type WireFormat } from "./wire-format"

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

/** What most open-weight models are asked in and answer with. From OpenAI's reference and AWS's model cards. */
export const chatCompletions: WireFormat = {
	read(body) {
		const { messages, tools, ...limits } = readBody(request, body)
		const maxTokens = limits.max_completion_tokens ?? limits.max_tokens
		return asConverse({
			system: messages.filter(isSystem).map(({ content }) => ({ text: textOf(content) })),
			messages: messages.filter((one) => !isSystem(one)).map(toConverse),
			...(maxTokens !== undefined && { inferenceConfig: { maxTokens } }),
			...(tools && { toolConfig: { tools: tools.map((tool) => ({ toolSpec: { name: tool.function.name } })) } }),
		})
	},

	answer(parts, model) {
		const { toolUse } = parts
		const [tagged, thought] = reasoningOf(parts, model)
		const text = tagged + parts.textDeltas.join("")
		return {
			...header("chat.completion", model),
			choices: [
				{
					index: 0,
					message: {
						role: "assistant",
						content: text === "" ? null : text,
						...(thought && { reasoning_content: thought }),
						...(toolUse && { tool_calls: [{ ...call(toolUse), index: 0 }] }),
					},
					finish_reason: FINISH_REASONS[parts.stopReason],
				},
			],
			usage: usageOf(parts),
		}
	},

	chunks(parts, model) {
		const [tagged, thought] = reasoningOf(parts, model)
		const chunk = (delta: object, finish_reason: string | null = null) => ({
			...header("chat.completion.chunk", model),
			choices: [{ index: 0, delta, finish_reason }],
		})
		const piece = (delta: object) => ({ json: chunk(delta), delta: true as const })
		const last = { ...header("chat.completion.chunk", model), choices: [] }
		const metrics = { ...last, ...invocationMetrics(parts) }
		return [
			{ json: chunk({ role: "assistant", content: "" }) },
			...textDeltas(thought ?? "").map((text) => piece({ reasoning_content: text })),
			...textDeltas(tagged).map((text) => piece({ content: text })),
			...parts.textDeltas.map((text) => piece({ content: text })),
			...callPieces(parts).map((tool_call) => piece({ tool_calls: [tool_call] })),
			{ json: chunk({}, FINISH_REASONS[parts.stopReason]) },
			{ json: { ...metrics, usage: usageOf(parts) }, report: { withoutUsage: null, metricsOnly: metrics } },
		]
	},
}

type ChatMessage = z.infer<typeof message>
type SystemMessage = Extract<ChatMessage, { role: "system" | "developer" }>

const isSystem = (one: ChatMessage): one is SystemMessage => one.role === "system" || one.role === "developer"

function textOf(words: z.infer<typeof content>): string {
	return typeof words === "string" ? words : words.map((one) => (one.type === "text" ? one.text : "")).join("")
}

function blocksOf(words: z.infer<typeof content>): object[] {
	if (typeof words === "string") return [{ text: words }]
	return words.map((one) => (one.type === "text" ? { text: one.text } : { image: {} }))
}

function toConverse(one: ChatMessage): object {
	if (one.role === "tool") {
		const toolResult = { toolUseId: one.tool_call_id, content: [{ text: textOf(one.content) }] }
		return { role: "user", content: [{ toolResult }] }
	}
	if (one.role !== "assistant") return { role: "user", content: blocksOf(one.content) }
	const calls = (one.tool_calls ?? []).map(({ id, function: { name, arguments: json } }) => ({
		toolUse: { toolUseId: id, name, input: JSON.parse(json) as unknown },
	}))
	return { role: "assistant", content: [...(one.content ? blocksOf(one.content) : []), ...calls] }
}

const FINISH_REASONS = { end_turn: "stop", max_tokens: "length", tool_use: "tool_calls" } as const

function header(object: string, model: string): object {
	return { id: "chatcmpl-emulator", object, created: Math.floor(Date.now() / 1000), model }
}

/** OpenAI's models put it into the text, between tags; the others into a member of its own. */
function reasoningOf({ reasoning }: AnswerParts, modelId: string): [tagged: string, thought: string | null] {
	const thought = reasoning?.deltas.join("") ?? null
	if (thought === null || !modelId.startsWith("openai.")) return ["", thought]
	return [`<reasoning>${thought}</reasoning>`, null]
}

function call({ toolUseId, name, input }: NonNullable<AnswerParts["toolUse"]>) {
	return { id: toolUseId, type: "function", function: { name, arguments: JSON.stringify(input) } }
}

function callPieces({ toolUse }: AnswerParts): object[] {
	if (!toolUse) return []
	const { function: called, ...start } = call(toolUse)
	return [
		{ index: 0, ...start, function: { name: called.name, arguments: "" } },
		...textDeltas(called.arguments).map((json) => ({ index: 0, function: { arguments: json } })),
	]
}

/** `prompt_tokens` holds the cached ones too. */
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
