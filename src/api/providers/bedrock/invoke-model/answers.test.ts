import type { ResponseStream } from "@aws-sdk/client-bedrock-runtime"
import { describe, expect, it } from "vitest"
import type { EventReading } from "../stream/fold-stream"
import { anthropicReader, readAnthropicAnswer } from "./anthropic-answer"
import { chatCompletionsReader, readChatCompletion } from "./chat-completions-answer"
import type { JsonObject } from "./json"
import type { ModelFamily } from "./model-family"
import { novaReader, readNovaAnswer } from "./nova-answer"
import { eventReader } from "./read-chunks"

const PLAIN = { reasoningTags: false }
const METRICS = { inputTokenCount: 7, outputTokenCount: 3, invocationLatency: 884, firstByteLatency: 99 }

/** Reads chunks as the SDK delivers them, each as bytes. */
function read(reader: ModelFamily["reader"], ...chunks: (JsonObject | string)[]): (EventReading | null)[] {
	const family: ModelFamily = {
		reader,
		body: () => ({}),
		answer: () => ({ text: "", stopReason: null, usage: null }),
	}
	const readEvent = eventReader(family)
	return chunks.map((chunk) => {
		const text = typeof chunk === "string" ? chunk : JSON.stringify(chunk)
		return readEvent({ chunk: { bytes: Buffer.from(text) } })
	})
}

const chunksOf = (readings: (EventReading | null)[]) => readings.flatMap((reading) => reading?.chunks ?? [])
const usagesOf = (readings: (EventReading | null)[]) => readings.flatMap((reading) => reading?.usage ?? [])
const stopReasonsOf = (readings: (EventReading | null)[]) => readings.flatMap((reading) => reading?.stopReason ?? [])

describe("The reader of Anthropic Messages", () => {
	const START = {
		type: "message_start",
		message: {
			usage: { input_tokens: 12, cache_read_input_tokens: 5, cache_creation_input_tokens: 0, output_tokens: 1 },
		},
	}

	it("yields text, reasoning with its signature, and tool calls piece by piece", () => {
		const delta = (index: number, part: JsonObject) => ({ type: "content_block_delta", index, delta: part })
		const readings = read(
			anthropicReader,
			START,
			{ type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "", signature: "" } },
			delta(0, { type: "thinking_delta", thinking: "Hm." }),
			delta(0, { type: "signature_delta", signature: "c2ln" }),
			{ type: "content_block_stop", index: 0 },
			{ type: "content_block_start", index: 1, content_block: { type: "redacted_thinking", data: "eHg=" } },
			delta(2, { type: "text_delta", text: "Hi" }),
			{
				type: "content_block_start",
				index: 3,
				content_block: { type: "tool_use", id: "t1", name: "look", input: {} },
			},
			delta(3, { type: "input_json_delta", partial_json: "" }),
			delta(3, { type: "input_json_delta", partial_json: '{"at":1}' }),
		)
		expect(chunksOf(readings)).toEqual([
			{ type: "reasoning", text: "Hm." },
			{ type: "thinking_complete", signature: "c2ln" },
			{ type: "redacted_thinking", data: "eHg=" },
			{ type: "text", text: "Hi" },
			{ type: "tool_call_partial", index: 3, id: "t1", name: "look" },
			{ type: "tool_call_partial", index: 3, arguments: '{"at":1}' },
		])
	})

	it("reports usage once: input tokens from the start event, output tokens from the end event", () => {
		const end = { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 30 } }
		const stop = { type: "message_stop", "amazon-bedrock-invocationMetrics": METRICS }
		const readings = read(anthropicReader, START, end, stop)
		expect(stopReasonsOf(readings)).toEqual(["end_turn"])
		expect(usagesOf(readings)).toEqual([
			{ inputTokens: 12, outputTokens: 30, cacheReadTokens: 5, cacheWriteTokens: 0, cacheWrite1hTokens: 0 },
		])
	})

	it("counts cache writes by TTL", () => {
		const cache_creation = { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 200 }
		const usage = { input_tokens: 1, output_tokens: 2, cache_creation_input_tokens: 500, cache_creation }
		const answer = readAnthropicAnswer({ content: [{ type: "text", text: "Hi" }], stop_reason: "end_turn", usage })
		expect(answer).toEqual({
			text: "Hi",
			stopReason: "end_turn",
			usage: {
				inputTokens: 1,
				outputTokens: 2,
				cacheReadTokens: 0,
				cacheWriteTokens: 500,
				cacheWrite1hTokens: 200,
			},
		})
	})
})

describe("The reader of chat completions", () => {
	const choice = (delta: JsonObject, finish_reason: string | null = null) => ({
		choices: [{ index: 0, delta, finish_reason }],
	})

	it("yields text, reasoning, and tool calls with a single id and name each", () => {
		const call = (part: JsonObject) =>
			choice({ tool_calls: [{ index: 0, id: "c1", type: "function", function: part }] })
		const readings = read(
			() => chatCompletionsReader(PLAIN),
			choice({ role: "assistant", content: "" }),
			choice({ reasoning_content: "Hm." }),
			choice({ content: "Hi" }),
			call({ name: "look", arguments: "" }),
			call({ name: "look", arguments: '{"at":1}' }),
			choice({}, "tool_calls"),
		)
		expect(chunksOf(readings)).toEqual([
			{ type: "reasoning", text: "Hm." },
			{ type: "text", text: "Hi" },
			{ type: "tool_call_partial", index: 0, id: "c1", name: "look" },
			{ type: "tool_call_partial", index: 0, arguments: '{"at":1}' },
		])
		expect(stopReasonsOf(readings)).toEqual(["tool_calls"])
	})

	it("subtracts cached tokens from the prompt's tokens", () => {
		const prompt_tokens_details = { cached_tokens: 60, cache_write_tokens: 15 }
		const usage = { prompt_tokens: 100, completion_tokens: 9, total_tokens: 109, prompt_tokens_details }
		const readings = read(() => chatCompletionsReader(PLAIN), choice({}, "stop"), {
			choices: [],
			usage,
			"amazon-bedrock-invocationMetrics": METRICS,
		})
		expect(usagesOf(readings)).toEqual([
			{ inputTokens: 25, outputTokens: 9, cacheReadTokens: 60, cacheWriteTokens: 15, cacheWrite1hTokens: 0 },
		])
	})

	it("uses Bedrock's counts when the model reports none, and reads usage in the chunk of the last choice", () => {
		const last = { ...choice({}, "stop"), "amazon-bedrock-invocationMetrics": METRICS }
		expect(usagesOf(read(() => chatCompletionsReader(PLAIN), last))).toMatchObject([
			{ inputTokens: 7, outputTokens: 3 },
		])
		const usage = { prompt_tokens: 8, completion_tokens: 4, prompt_tokens_details: null }
		expect(usagesOf(read(() => chatCompletionsReader(PLAIN), { ...last, usage }))).toMatchObject([
			{ inputTokens: 8, outputTokens: 4 },
		])
	})

	it.each([
		["tags split across pieces", ["<reas", "oning>H", "m.</reaso", "ning>", "Hi <reasoning> you"]],
		["tags around each piece", ["<reasoning>H</reasoning>", "<reasoning>m.</reasoning>", "Hi <reasoning> you"]],
		["tags and text in one piece", ["<reasoning>Hm.</reasoning>Hi <reasoning> you"]],
	])("separates the reasoning that OpenAI's models put between tags: %s", (_, texts) => {
		const readings = read(
			() => chatCompletionsReader({ reasoningTags: true }),
			...texts.map((content) => choice({ content })),
			choice({}, "stop"),
		)
		const joined = (type: string) =>
			chunksOf(readings)
				.map((piece) => (piece.type === type && "text" in piece ? piece.text : ""))
				.join("")
		expect(joined("reasoning")).toBe("Hm.")
		expect(joined("text")).toBe("Hi <reasoning> you")
	})

	it("yields text that it held back when the stream ends", () => {
		const readings = read(
			() => chatCompletionsReader({ reasoningTags: true }),
			choice({ content: "<reason" }),
			choice({}, "length"),
		)
		expect(chunksOf(readings)).toEqual([{ type: "text", text: "<reason" }])
	})

	it("reads an answer without streaming, with Mistral's stop_reason too", () => {
		const choices = [{ index: 0, message: { content: "Hi" }, stop_reason: "length" }]
		expect(readChatCompletion({ choices }, PLAIN)).toEqual({ text: "Hi", stopReason: "length", usage: null })
		const tagged = { choices: [{ message: { content: "<reasoning>Hm.</reasoning>Hi" }, finish_reason: "stop" }] }
		expect(readChatCompletion(tagged, { reasoningTags: true })).toMatchObject({ text: "Hi", stopReason: "stop" })
	})
})

describe("The reader of Nova answers", () => {
	it("yields the content of Converse's events, with Nova's names for cached tokens", () => {
		const usage = { inputTokens: 1, outputTokens: 54, cacheReadInputTokenCount: 4, cacheWriteInputTokenCount: 2 }
		const readings = read(
			novaReader,
			{ messageStart: { role: "assistant" } },
			{ contentBlockDelta: { delta: { text: "Hi" }, contentBlockIndex: 0 } },
			{ contentBlockStop: { contentBlockIndex: 0 } },
			{ contentBlockStart: { start: { toolUse: { toolUseId: "t1", name: "look" } }, contentBlockIndex: 1 } },
			{ contentBlockDelta: { delta: { toolUse: { input: "{}" } }, contentBlockIndex: 1 } },
			{ messageStop: { stopReason: "tool_use" } },
			{ metadata: { usage, metrics: {}, trace: {} }, "amazon-bedrock-invocationMetrics": METRICS },
		)
		expect(chunksOf(readings)).toEqual([
			{ type: "text", text: "Hi" },
			{ type: "tool_call_partial", index: 1, id: "t1", name: "look" },
			{ type: "tool_call_partial", index: 1, arguments: "{}" },
		])
		expect(stopReasonsOf(readings)).toEqual(["tool_use"])
		expect(usagesOf(readings)).toEqual([
			{ inputTokens: 1, outputTokens: 54, cacheReadTokens: 4, cacheWriteTokens: 2, cacheWrite1hTokens: 0 },
		])
	})

	it("reads an answer without streaming by the same names", () => {
		const output = { message: { content: [{ reasoningContent: {} }, { text: "Hi" }] } }
		const usage = { inputTokens: 1, outputTokens: 2 }
		expect(readNovaAnswer({ output, stopReason: "end_turn", usage })).toMatchObject({
			text: "Hi",
			stopReason: "end_turn",
			usage: { inputTokens: 1, outputTokens: 2, cacheReadTokens: 0 },
		})
	})
})

describe.each([
	["Anthropic Messages", anthropicReader],
	["chat completions", () => chatCompletionsReader(PLAIN)],
	["Nova", novaReader],
] as const)("Unexpected content in a stream of %s", (_, reader) => {
	it("is ignored when it is unknown", () => {
		const odd = [{}, { type: "carbon_footprint" }, { choices: 5 }, { contentBlockDelta: null }, { metadata: [] }]
		const readings = read(reader, ...odd)
		expect([...chunksOf(readings), ...usagesOf(readings), ...stopReasonsOf(readings)]).toEqual([])
		const unknownEvent = { $unknown: ["carbonFootprint", {}] } as unknown as ResponseStream
		const family: ModelFamily = { reader, body: () => ({}), answer: readNovaAnswer }
		expect(eventReader(family)(unknownEvent)).toBeNull()
	})

	it("throws when it is not a JSON object, or reports an error", () => {
		expect(() => read(reader, "not json")).toThrow()
		expect(() => read(reader, "[]")).toThrow("not a JSON object")
		expect(() => read(reader, { type: "error", error: { message: "Overloaded" } })).toThrow("Overloaded")
	})
})
