import { describe, expect, it } from "vitest"
import type { ChatTurn, ToolDefinition } from "../../../provider-contract"
import { emulatedBedrock, GPT_OSS, NOVA_2, play, SONNET, TEXT, textOf } from "./testing/emulated-bedrock"

/** A tool call through InvokeModel: offered, made, and answered in the next turn, in each family's format. */
const INPUT = { path: "notes/one of the many files there are.txt", lines: [1, 2] }
const bedrock = emulatedBedrock({ answer: { text: TEXT, toolUse: { name: "read_file", input: INPUT } } })

const READ_FILE: ToolDefinition = {
	type: "function",
	function: { name: "read_file", parameters: { type: "object", properties: { path: { type: "string" } } } },
}
const METADATA = { tools: [READ_FILE], tool_choice: "auto" } as const
const SCHEMA = { type: "object", properties: { path: { type: "string" } } }

const EXPECTED_TOOLS = {
	[GPT_OSS]: {
		tools: [{ type: "function", function: { name: "read_file", parameters: SCHEMA } }],
		tool_choice: "auto",
	},
	[SONNET]: { tools: [{ name: "read_file", input_schema: SCHEMA }], tool_choice: { type: "auto" } },
	[NOVA_2]: {
		toolConfig: {
			tools: [{ toolSpec: { name: "read_file", inputSchema: { json: SCHEMA } } }],
			toolChoice: { auto: {} },
		},
	},
}

const EXPECTED_MESSAGES = {
	[GPT_OSS]: (id: string) => [
		{ role: "system", content: "Be brief." },
		{ role: "user", content: "Read it" },
		{
			role: "assistant",
			content: TEXT,
			tool_calls: [{ id, type: "function", function: { name: "read_file", arguments: JSON.stringify(INPUT) } }],
		},
		{ role: "tool", tool_call_id: id, content: "the file" },
	],
	[SONNET]: (id: string) => [
		{ role: "user", content: [{ type: "text", text: "Read it" }] },
		{
			role: "assistant",
			content: [
				{ type: "text", text: TEXT },
				{ type: "tool_use", id, name: "read_file", input: INPUT },
			],
		},
		{
			role: "user",
			content: [{ type: "tool_result", tool_use_id: id, content: [{ type: "text", text: "the file" }] }],
		},
	],
	[NOVA_2]: (id: string) => [
		{ role: "user", content: [{ text: "Read it" }] },
		{
			role: "assistant",
			content: [{ text: TEXT }, { toolUse: { toolUseId: id, name: "read_file", input: INPUT } }],
		},
		{ role: "user", content: [{ toolResult: { toolUseId: id, content: [{ text: "the file" }] } }] },
	],
}

const STOP_REASON = { [GPT_OSS]: "tool_calls", [SONNET]: "tool_use", [NOVA_2]: "tool_use" }

describe.each([GPT_OSS, SONNET, NOVA_2] as const)("A tool call of %s", (modelId) => {
	it("is offered, arrives piece by piece, and is answered in the next turn", async () => {
		const firstTurns: ChatTurn[] = [{ role: "user", content: "Read it" }]
		const { chunks, failure } = await play(bedrock.handler("default", { modelId }), firstTurns, METADATA)

		expect(failure).toBeNull()
		expect(sentBody()).toMatchObject(EXPECTED_TOOLS[modelId])
		expect(textOf(chunks)).toBe(TEXT)
		const [first, ...rest] = chunks.filter((chunk) => chunk.type === "tool_call_partial")
		const id = first?.id ?? ""
		expect(first).toMatchObject({ name: "read_file", id: expect.stringMatching(/^tooluse_/) as string })
		expect(rest.length).toBeGreaterThan(1)
		expect(rest.every((piece) => piece.index === first?.index && !piece.id && !piece.name)).toBe(true)
		expect(JSON.parse(rest.map((piece) => piece.arguments ?? "").join(""))).toEqual(INPUT)
		expect(chunks.at(-1)).toMatchObject({ type: "usage", stopReason: STOP_REASON[modelId] })

		const nextTurns: ChatTurn[] = [
			...firstTurns,
			{
				role: "assistant",
				content: [
					{ type: "text", text: TEXT },
					{ type: "tool_use", id, name: "read_file", input: INPUT },
				],
			},
			{ role: "user", content: [{ type: "tool_result", tool_use_id: id, content: "the file" }] },
		]
		const second = await play(bedrock.handler("default", { modelId }), nextTurns, METADATA)

		expect(second.failure).toBeNull()
		expect(sentBody().messages).toEqual(EXPECTED_MESSAGES[modelId](id))
	})
})

const sentBody = () => JSON.parse(bedrock.emulator().requests.at(-1)?.body ?? "null") as Record<string, unknown>
