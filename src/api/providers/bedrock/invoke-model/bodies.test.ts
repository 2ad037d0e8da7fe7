import { findModel } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import type { RequestPlan } from "../request-plan"
import { anthropicBody } from "./anthropic-body"
import { chatCompletionsBody } from "./chat-completions-body"
import type { ConverseRequest } from "./model-family"
import { novaBody } from "./nova-body"

const plan = (modelId: string) => ({ model: findModel(modelId), bedrockModelId: modelId }) as RequestPlan
const PIXEL = new Uint8Array([0x89, 0x50, 0x4e, 0x47])
const IMAGE = { image: { format: "png" as const, source: { bytes: PIXEL } } }
const SIGNED = { reasoningContent: { reasoningText: { text: "Hm.", signature: "c2ln" } } }
const CALL = { toolUse: { toolUseId: "call_1", name: "look", input: { at: 1 } } }

/** A conversation with every kind of content. */
const WHOLE: ConverseRequest = {
	system: [{ text: "Be brief." }],
	messages: [
		{ role: "user", content: [{ text: "What is it?" }, IMAGE] },
		{ role: "assistant", content: [SIGNED, { text: "I look." }, CALL] },
		{
			role: "user",
			content: [
				{ toolResult: { toolUseId: "call_1", content: [{ text: "broken" }, IMAGE], status: "error" } },
				{ text: "Go on." },
			],
		},
	],
	inferenceConfig: { maxTokens: 200, temperature: 0 },
	toolConfig: {
		tools: [{ toolSpec: { name: "look", description: "Looks", inputSchema: { json: { type: "object" } } } }],
		toolChoice: { any: {} },
	},
}

describe("anthropicBody", () => {
	const sonnet = plan("anthropic.claude-sonnet-4-6")
	const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw==" } }

	it("translates each of Converse's blocks", () => {
		expect(anthropicBody(WHOLE, sonnet)).toEqual({
			anthropic_version: "bedrock-2023-05-31",
			max_tokens: 200,
			system: "Be brief.",
			messages: [
				{ role: "user", content: [{ type: "text", text: "What is it?" }, image] },
				{
					role: "assistant",
					content: [
						{ type: "thinking", thinking: "Hm.", signature: "c2ln" },
						{ type: "text", text: "I look." },
						{ type: "tool_use", id: "call_1", name: "look", input: { at: 1 } },
					],
				},
				{
					role: "user",
					content: [
						{
							type: "tool_result",
							tool_use_id: "call_1",
							content: [{ type: "text", text: "broken" }, image],
							is_error: true,
						},
						{ type: "text", text: "Go on." },
					],
				},
			],
			tools: [{ name: "look", description: "Looks", input_schema: { type: "object" } }],
			tool_choice: { type: "any" },
			temperature: 0,
		})
	})

	it("sets max_tokens to the model's own limit by default, and to 64,000 when that is unknown", () => {
		const messages: ConverseRequest["messages"] = [{ role: "user", content: [{ text: "Hi" }] }]
		expect(anthropicBody({ messages }, plan("anthropic.claude-opus-4-6-v1"))).toMatchObject({ max_tokens: 128_000 })
		expect(anthropicBody({ messages }, plan("anthropic.claude-next"))).toMatchObject({ max_tokens: 64_000 })
	})

	it("marks the block before a cache point", () => {
		const cachePoint = { type: "default" as const }
		const body = anthropicBody(
			{
				system: [{ text: "Be brief." }, { cachePoint: { ...cachePoint, ttl: "1h" } }],
				messages: [{ role: "user", content: [{ text: "One" }, { cachePoint }] }],
				toolConfig: { tools: [...(WHOLE.toolConfig?.tools ?? []), { cachePoint }] },
			},
			sonnet,
		)
		const mark = { cache_control: { type: "ephemeral" } }
		expect(body).toMatchObject({
			system: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral", ttl: "1h" } }],
			messages: [{ content: [{ type: "text", text: "One", ...mark }] }],
			tools: [{ name: "look", ...mark }],
		})
	})

	it("passes on Converse's additional fields and redacted reasoning", () => {
		const redacted = { reasoningContent: { redactedContent: PIXEL } }
		const body = anthropicBody(
			{
				messages: [{ role: "assistant", content: [redacted] }],
				additionalModelRequestFields: { thinking: { type: "adaptive" } },
			},
			sonnet,
		)
		expect(body.thinking).toEqual({ type: "adaptive" })
		expect(body.messages).toEqual([
			{ role: "assistant", content: [{ type: "redacted_thinking", data: "iVBORw==" }] },
		])
	})

	it("names the one tool that must be called", () => {
		const toolChoice = { tool: { name: "look" } }
		const body = anthropicBody({ messages: [], toolConfig: { tools: [], toolChoice } }, sonnet)
		expect(body.tool_choice).toEqual({ type: "tool", name: "look" })
	})

	it("rejects a block that it cannot express", () => {
		const content = [{ guardContent: { text: { text: "x" } } }]
		expect(() => anthropicBody({ messages: [{ role: "user", content }] }, sonnet)).toThrow(
			'a block of the kind "guardContent"',
		)
	})
})

describe("chatCompletionsBody", () => {
	const body = chatCompletionsBody({ maxTokensMember: "max_tokens" })
	const image = { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw==" } }

	it("has separate messages for tool results, and no reasoning", () => {
		expect(body(WHOLE)).toEqual({
			messages: [
				{ role: "system", content: "Be brief." },
				{ role: "user", content: [{ type: "text", text: "What is it?" }, image] },
				{
					role: "assistant",
					content: "I look.",
					tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: '{"at":1}' } }],
				},
				{ role: "tool", tool_call_id: "call_1", content: "[The tool failed]\nbroken" },
				{ role: "user", content: "Go on." },
			],
			max_tokens: 200,
			temperature: 0,
			tools: [
				{ type: "function", function: { name: "look", description: "Looks", parameters: { type: "object" } } },
			],
			tool_choice: "required",
		})
	})

	it("has plain text for a turn that contains only text, and null content for a turn with only a tool call", () => {
		const messages: ConverseRequest["messages"] = [
			{ role: "user", content: [{ text: "One" }, { text: "Two" }, { cachePoint: { type: "default" } }] },
			{ role: "assistant", content: [CALL] },
		]
		expect(body({ messages }).messages).toMatchObject([
			{ role: "user", content: "One\nTwo" },
			{ role: "assistant", content: null, tool_calls: [{ id: "call_1" }] },
		])
	})

	it("uses the documented name of OpenAI's token limit, and passes on Converse's additional fields", () => {
		const openai = chatCompletionsBody({ maxTokensMember: "max_completion_tokens" })
		const request = { ...WHOLE, additionalModelRequestFields: { reasoning_effort: "low" } }
		expect(openai(request)).toMatchObject({ max_completion_tokens: 200, reasoning_effort: "low" })
		expect(openai(request)).not.toHaveProperty("max_tokens")
	})
})

describe("novaBody", () => {
	it("has Converse's format with bytes as base64", () => {
		const image = { image: { format: "png", source: { bytes: "iVBORw==" } } }
		expect(novaBody(WHOLE)).toEqual({
			system: [{ text: "Be brief." }],
			messages: [
				{ role: "user", content: [{ text: "What is it?" }, image] },
				{ role: "assistant", content: [SIGNED, { text: "I look." }, CALL] },
				{
					role: "user",
					content: [
						{
							toolResult: {
								toolUseId: "call_1",
								content: [{ text: "broken" }, image],
								status: "error",
							},
						},
						{ text: "Go on." },
					],
				},
			],
			inferenceConfig: { maxTokens: 200, temperature: 0 },
			toolConfig: WHOLE.toolConfig,
		})
	})

	it("has reasoning among the inference parameters", () => {
		const reasoningConfig = { type: "enabled", maxReasoningEffort: "low" }
		expect(novaBody({ messages: [], additionalModelRequestFields: { reasoningConfig } })).toEqual({
			messages: [],
			inferenceConfig: { reasoningConfig },
		})
	})
})
