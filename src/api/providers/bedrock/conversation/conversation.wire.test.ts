import { sampleSize } from "@bedrock-tiers/test-kit/sampling"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { ChatTurn, ConversationChange, RequestMetadata } from "../../../provider-contract"
import type { BedrockHandlerOptions } from "../handler-options"
import { emulatedBedrock } from "../invoke-model/testing/emulated-bedrock"
import {
	assistant,
	call,
	FAMILIES,
	FAULTY_HISTORIES,
	HAIKU_4_5,
	image,
	KIMI_K3,
	NOVA_2,
	PNG,
	QWEN3_VL,
	result,
	SONNET_4_6,
	START,
	thought,
	tool,
	user,
} from "./testing/faulty-histories"
import { conversation } from "./testing/random-histories"

/**
 * Histories over a real socket to an emulator that refuses what Bedrock refuses. The emulator's rules are its own
 * (packages/bedrock-emulator, conversation-rules.ts).
 */

const bedrock = emulatedBedrock()
const APIS = ["converse", "invoke-model"] as const

async function send(
	turns: readonly ChatTurn[],
	overrides: Partial<BedrockHandlerOptions>,
	{ systemPrompt = "Be brief.", metadata = {} }: { systemPrompt?: string; metadata?: RequestMetadata } = {},
) {
	const handler = bedrock.handler("default", overrides)
	const changes: ConversationChange[] = []
	const onRepaired = (made: readonly ConversationChange[]) => changes.push(...made)
	try {
		for await (const chunk of handler.createMessage(systemPrompt, turns, { ...metadata, onRepaired })) void chunk
	} finally {
		handler.dispose()
	}
	const { body, status } = bedrock.emulator().requests.at(-1) ?? {}
	return { status, sent: JSON.parse(body ?? "null") as Record<string, unknown>, changes }
}

const CASES = FAULTY_HISTORIES.flatMap(({ models = FAMILIES, ...history }) =>
	models.flatMap((modelId) =>
		APIS.filter((api) => modelId !== KIMI_K3 || api === "converse").map((api) => ({ ...history, modelId, api })),
	),
)

describe("A history with", () => {
	it.each(CASES)("$fault is repaired, reported and accepted: $modelId, $api", async (history) => {
		const { turns, modelId, api, changes: expected, options = {}, systemPrompt, metadata } = history
		const before = JSON.stringify(turns)
		const { status, changes } = await send(
			turns,
			{ modelId, api, ...options },
			{ ...(systemPrompt === undefined ? {} : { systemPrompt }), ...(metadata && { metadata }) },
		)

		expect(status).toBe(200)
		expect(changes.map(({ code }) => code).sort()).toEqual([...expected].sort())
		expect(JSON.stringify(turns)).toBe(before)
	})

	it.each([QWEN3_VL, KIMI_K3])("an image in a tool result is sent in the user's turn: %s", async (modelId) => {
		const seen = user(result("a", [{ type: "text", text: "Seen" }, image("image/png", PNG)]), "And?")
		const { sent, changes } = await send([START, assistant(call("a")), seen], { modelId, api: "converse" }, TOOLS)
		expect((sent.messages as { content: object[] }[])[2]?.content).toEqual([
			{ toolResult: { toolUseId: "a", content: [{ text: "Seen" }] } },
			{ image: { format: "png", source: { bytes: PNG } } },
			{ text: "And?" },
		])
		expect(changes).toEqual([{ code: "image-moved", params: { count: 1 } }])
	})

	it.each([SONNET_4_6, NOVA_2])("an image in a tool result is sent in the result: %s", async (modelId) => {
		const seen = user(result("a", [image("image/png", PNG)]))
		const { sent, changes } = await send([START, assistant(call("a")), seen], { modelId, api: "converse" }, TOOLS)
		expect((sent.messages as { content: object[] }[])[2]?.content).toEqual([
			{ toolResult: { toolUseId: "a", content: [{ image: { format: "png", source: { bytes: PNG } } }] } },
		])
		expect(changes).toEqual([])
	})
})

const TOOLS = { metadata: { tools: [tool({ type: "object", properties: {} })] } }

describe("A valid history is sent unchanged:", () => {
	it("ids of Kimi, for Kimi", async () => {
		const id = "functions.read_file:0"
		const turns = [START, assistant(call(id)), user(result(id))]
		const { sent, changes } = await send(turns, { modelId: KIMI_K3, api: "converse" }, TOOLS)
		expect(changes).toEqual([])
		expect(JSON.stringify(sent.messages).match(/"functions\.read_file:0"/g)).toHaveLength(2)
	})

	it.each(APIS)(
		"interleaved and redacted thoughts, and parallel results in one turn, for Claude: %s",
		async (api) => {
			const redacted = { type: "redacted_thinking", data: "AAEC" }
			const turns = [
				START,
				assistant(thought("c2ln"), "I look.", redacted, call("a"), call("b")),
				user(result("a"), result("b", "2| b")),
			]
			const options = { modelId: HAIKU_4_5, api, reasoning: "low" } as const
			const { status, sent, changes } = await send(turns, options, TOOLS)
			expect({ status, changes }).toEqual({ status: 200, changes: [] })
			const [, loop, results] = sent.messages as { content: Record<string, unknown>[] }[]
			const kinds = loop?.content.map((block) => block.type ?? Object.keys(block)[0])
			expect(kinds).toEqual(
				api === "converse"
					? ["reasoningContent", "text", "reasoningContent", "toolUse", "toolUse"]
					: ["thinking", "text", "redacted_thinking", "tool_use", "tool_use"],
			)
			expect(results?.content).toHaveLength(2)
			expect(JSON.stringify(sent)).toContain('"thinking":{"type":"enabled"')
		},
	)
})

describe("Thinking", () => {
	const loop = [START, assistant(call("a")), user(result("a"))]

	it.each(APIS)(
		"with a budget is left out of an open loop without thoughts, and temperature is sent: %s",
		async (api) => {
			const options = { modelId: HAIKU_4_5, api, reasoning: "low", temperature: 0.5 } as const
			const { sent } = await send(loop, options, TOOLS)
			expect(JSON.stringify(sent)).not.toContain('"thinking"')
			expect(JSON.stringify(sent)).toContain('"temperature":0.5')

			const next = await send([...loop, assistant("Done."), user("Thanks")], options, TOOLS)
			expect(JSON.stringify(next.sent)).toContain('"thinking":{"type":"enabled"')
		},
	)

	it("that is adaptive is kept in an open loop without thoughts", async () => {
		const { sent, status } = await send(loop, { modelId: SONNET_4_6, api: "converse", reasoning: "low" }, TOOLS)
		expect(status).toBe(200)
		expect(sent.additionalModelRequestFields).toMatchObject({ thinking: { type: "adaptive" } })
	})
})

it("Four cache points of one lifetime stay valid in a repaired history", async () => {
	const long = "All of it. ".repeat(2_000)
	const turns = [user(long), assistant(call("a", "read_file<|x|>")), user("Wait", result("a", long))]
	const options = { modelId: SONNET_4_6, api: "converse", promptCaching: "1h" } as const
	const described = {
		...tool({ type: "object", properties: {} }),
		function: { name: "read_file", description: long },
	}
	const { status, sent } = await send(turns, options, { systemPrompt: long, metadata: { tools: [described] } })
	expect(status).toBe(200)
	expect(JSON.stringify(sent).match(/"cachePoint":\{[^}]*\}/g)).toHaveLength(4)
	expect(new Set(JSON.stringify(sent).match(/"cachePoint":\{[^}]*\}/g)).size).toBe(1)
})

it.each(FAMILIES.flatMap((modelId) => APIS.map((api) => [modelId, api] as const)))(
	"Random histories are accepted: %s, %s",
	async (modelId, api) => {
		await fc.assert(
			fc.asyncProperty(conversation, async ({ turns, systemPrompt, tools }) => {
				bedrock.emulator().requests.length = 0
				const sent = send(turns, { modelId, api }, { systemPrompt, metadata: { tools } })
				const failure = await sent.then(
					() => null,
					(error: unknown) => String(error),
				)
				const isEmpty = failure?.includes("The message is empty.")
				expect(isEmpty ? [] : [failure, bedrock.emulator().requests[0]?.status]).toEqual(
					isEmpty ? [] : [null, 200],
				)
			}),
			{ numRuns: sampleSize(1_000) },
		)
	},
)
