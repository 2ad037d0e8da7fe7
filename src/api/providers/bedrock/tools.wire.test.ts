import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ApiStreamChunk, ChatTurn, RequestMetadata, ToolDefinition } from "../../provider-contract"
import { AwsBedrockHandler } from "./bedrock-handler"

/** Tools over a real socket: what is offered, what arrives piece by piece, and what is sent back in the next turn. */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({
		pace: "instant",
		answer: {
			text: "I will look.",
			toolUse: {
				name: "read_file",
				input: { path: "notes/one of the ä many files there are.txt", lines: [1, 2] },
			},
		},
	})
})
beforeEach(() => {
	emulator.requests.length = 0
	emulator.setScenario("served-as-asked")
})
afterAll(() => emulator.close())

const READ_FILE: ToolDefinition = {
	type: "function",
	function: {
		name: "read_file",
		description: "Reads a file",
		parameters: { type: "object", properties: { path: { type: ["string", "null"] } }, required: ["path"] },
	},
}

async function answer(metadata: RequestMetadata, turns: readonly ChatTurn[] = [{ role: "user", content: "Read it" }]) {
	const handler = new AwsBedrockHandler({
		region: "us-east-1",
		modelId: "openai.gpt-oss-120b-1:0",
		route: "auto",
		serviceTier: "flex",
		api: "converse",
		credentials: { method: "api-key", apiKey: "test-key" },
		endpoint: emulator.url,
		applicationId: "wire-test",
	})
	const chunks: ApiStreamChunk[] = []
	try {
		for await (const chunk of handler.createMessage("", turns, metadata)) chunks.push(chunk)
	} finally {
		handler.dispose()
	}
	return chunks
}

const sentBody = () => JSON.parse(emulator.requests.at(-1)?.body ?? "null") as Record<string, unknown>

describe("The tool configuration of a request", () => {
	it("has a toolSpec for each tool, next to the service tier", async () => {
		await answer({ tools: [READ_FILE] })
		expect(sentBody().toolConfig).toEqual({
			tools: [
				{
					toolSpec: {
						name: "read_file",
						description: "Reads a file",
						inputSchema: {
							json: {
								type: "object",
								properties: { path: { anyOf: [{ type: "string" }, { type: "null" }] } },
								required: ["path"],
							},
						},
					},
				},
			],
		})
		expect(sentBody().serviceTier).toEqual({ type: "flex" })
	})

	it.each([
		["auto", { auto: {} }],
		["required", { any: {} }],
		[{ type: "function", function: { name: "read_file" } }, { tool: { name: "read_file" } }],
	] as const)("has the tool choice %j", async (tool_choice, sent) => {
		await answer({ tools: [READ_FILE], tool_choice })
		expect(sentBody().toolConfig).toMatchObject({ toolChoice: sent })
	})

	it.each([{}, { tools: [] }, { tools: [READ_FILE], tool_choice: "none" }] as const)(
		"is omitted for %j",
		async (metadata) => {
			await answer(metadata)
			expect(sentBody()).not.toHaveProperty("toolConfig")
		},
	)

	it("is rejected before anything is sent when a name is invalid or the chosen tool is missing", async () => {
		const named = (name: string): ToolDefinition => ({ type: "function", function: { name } })
		await expect(answer({ tools: [named("read file")] })).rejects.toMatchObject({ code: "bad-input" })
		const tool_choice = { type: "function", function: { name: "write_file" } } as const
		await expect(answer({ tools: [READ_FILE], tool_choice })).rejects.toThrow('"write_file" is to be called')
		expect(emulator.requests).toHaveLength(0)
	})
})

describe("A tool call", () => {
	it("arrives as id and name, then arguments that join to JSON, then the stop reason", async () => {
		const chunks = await answer({ tools: [READ_FILE] })
		const [first, ...rest] = chunks.filter((chunk) => chunk.type === "tool_call_partial")
		expect(first).toMatchObject({ index: 1, name: "read_file", id: expect.stringMatching(/^tooluse_/) as string })
		expect(rest.length).toBeGreaterThan(1)
		expect(rest.every(({ index, id, name }) => index === 1 && id === undefined && name === undefined)).toBe(true)
		expect(JSON.parse(rest.map((piece) => piece.arguments ?? "").join(""))).toEqual({
			path: "notes/one of the ä many files there are.txt",
			lines: [1, 2],
		})
		expect(chunks.at(-1)).toMatchObject({
			type: "usage",
			stopReason: "tool_use",
			record: { billedTier: "flex" },
		})
	})

	it("is sent back with its result in the next turn", async () => {
		const turns: ChatTurn[] = [
			{ role: "user", content: "Read it" },
			{
				role: "assistant",
				content: [{ type: "tool_use", id: "tooluse_1", name: "read_file", input: { path: "a" } }],
			},
			{ role: "user", content: [{ type: "tool_result", tool_use_id: "tooluse_1", content: "Words" }] },
		]
		await answer({ tools: [READ_FILE] }, turns)
		expect(sentBody().messages).toEqual([
			{ role: "user", content: [{ text: "Read it" }] },
			{
				role: "assistant",
				content: [{ toolUse: { toolUseId: "tooluse_1", name: "read_file", input: { path: "a" } } }],
			},
			{ role: "user", content: [{ toolResult: { toolUseId: "tooluse_1", content: [{ text: "Words" }] } }] },
		])
	})
})

describe("Reasoning", () => {
	it("arrives in pieces, followed by its signature, and is sent back unchanged", async () => {
		emulator.setScenario("reasoning")
		const chunks = await answer({})
		const thinking = chunks.map((chunk) => (chunk.type === "reasoning" ? chunk.text : "")).join("")
		const signature = chunks.map((chunk) => (chunk.type === "thinking_complete" ? chunk.signature : "")).join("")
		expect(thinking).not.toBe("")
		expect(signature).not.toBe("")
		await answer({}, [
			{ role: "user", content: "Think" },
			{
				role: "assistant",
				content: [
					{ type: "thinking", thinking, signature },
					{ type: "text", text: "So." },
				],
			},
			{ role: "user", content: "Go on" },
		])
		expect((sentBody().messages as { content: unknown[] }[])[1]?.content[0]).toEqual({
			reasoningContent: { reasoningText: { text: thinking, signature } },
		})
	})
})
