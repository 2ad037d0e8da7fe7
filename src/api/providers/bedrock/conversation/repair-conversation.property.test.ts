import { findModel } from "@bedrock-tiers/core"
import { RUNS_ALL_CASES } from "@bedrock-tiers/test-kit/sampling"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { ChatTurn, TurnBlock } from "../../../provider-contract"
import { repairConversation, type Conversation } from "./repair-conversation"
import { conversationRules } from "./rules"
import { conversation, PNG, READ_FILE } from "./testing/random-histories"

/** Any history is repaired to one that Bedrock accepts. The rules are written here a second time, on purpose. */

const RUNS = { numRuns: RUNS_ALL_CASES ? 10_000 : 300 }
const MODELS = [
	"anthropic.claude-haiku-4-5-20251001-v1:0",
	"anthropic.claude-sonnet-4-6",
	"amazon.nova-2-lite-v1:0",
	"openai.gpt-oss-120b-1:0",
	"moonshotai.kimi-k3",
	"unknown",
] as const
type Model = (typeof MODELS)[number]

/** A history that every model accepts. */
const validLoop = fc.record({ calls: fc.integer({ min: 1, max: 3 }), thought: fc.boolean(), answer: fc.boolean() })
const validConversation: fc.Arbitrary<Conversation> = fc.array(validLoop, { maxLength: 5 }).map((loops) => {
	const turns: ChatTurn[] = [{ role: "user", content: "Read it" }]
	for (const [index, { calls, thought, answer }] of loops.entries()) {
		const ids = Array.from({ length: calls }, (_, call) => `tooluse_${index}-${call}`)
		const thoughts: TurnBlock[] = [{ type: "thinking", thinking: "Hm.\n", signature: "c2ln" }]
		const texts: TurnBlock[] = [{ type: "text", text: "I look. " }]
		const uses = ids.map((callId): TurnBlock => ({
			type: "tool_use",
			id: callId,
			name: "read_file",
			input: { path: "ä😀" },
		}))
		turns.push(
			{
				role: "assistant",
				content: [...(thought || index === 0 ? thoughts : []), ...(answer ? texts : []), ...uses],
			},
			{
				role: "user",
				content: ids.map((callId) => ({ type: "tool_result", tool_use_id: callId, content: "1| a" })),
			},
		)
	}
	return { systemPrompt: "Be brief.", turns, tools: [READ_FILE], thinks: true }
})

const repair = (input: Conversation, model: Model) =>
	repairConversation(input, conversationRules(findModel(model), "converse"))
const models = fc.constantFrom(...MODELS)

/** The repaired conversation; `null` when the history has nothing that can be sent. */
function repairedOrNull(input: Conversation, model: Model) {
	try {
		return repair(input, model)
	} catch (error) {
		expect(String(error)).toContain("The message is empty.")
		return null
	}
}

type Any = Record<string, unknown>
const blocksOf = ({ content }: ChatTurn): Any[] =>
	typeof content === "string" ? [{ type: "text", text: content }] : (content as unknown as Any[])
const isThought = (value: Any | undefined) => String(value?.type).endsWith("thinking")

/** Whether a string in the value has half of a surrogate pair. */
function hasHalfPair(value: unknown): boolean {
	if (typeof value === "string") return /\p{Surrogate}/u.test(value)
	return typeof value === "object" && value !== null && Object.entries(value).flat().some(hasHalfPair)
}

/** What Bedrock would refuse, in the order in which it is found. */
function violations({ systemPrompt, turns, tools, thinks }: Conversation, model: Model): string[] {
	const found: string[] = []
	const check = (isRight: boolean, rule: string) => isRight || found.push(rule)
	const isClaude = model.startsWith("anthropic") || model === "unknown"
	const takesImages = model.startsWith("anthropic") || model.startsWith("amazon")
	check(systemPrompt === "" || systemPrompt.trim() !== "", "blank system prompt")
	check(turns[0]?.role === "user" && turns.at(-1)?.role === "user", "does not start and end with the user")
	check(!hasHalfPair({ systemPrompt, turns }), "half of a surrogate pair")
	const ids = new Set<unknown>()
	for (const [index, one] of turns.entries()) {
		const blocks = blocksOf(one)
		const before = turns[index - 1]
		check(one.role !== before?.role, "roles do not alternate")
		check(blocks.length > 0, "empty content")
		check(one.role === "user" || !isThought(blocks.at(-1)), "ends with a thought")
		const calls = before?.role === "assistant" ? blocksOf(before).filter(({ type }) => type === "tool_use") : []
		const results = blocks.filter(({ type }) => type === "tool_result")
		const expected = one.role === "user" ? calls.map((call) => call.id) : []
		check(
			JSON.stringify(results.map((result) => result.tool_use_id)) === JSON.stringify(expected),
			"results differ",
		)
		check(
			blocks.slice(0, results.length).every(({ type }) => type === "tool_result"),
			"results do not come first",
		)
		for (const value of blocks) {
			const type = String(value.type)
			const allowed =
				one.role === "user"
					? ["text", "image", "tool_result"]
					: ["text", "thinking", "redacted_thinking", "tool_use"]
			check(allowed.includes(type), `${type} of the ${one.role}`)
			if (type === "text") check(String(value.text).trim() !== "", "blank text")
			if (type === "thinking") check(Boolean(value.signature), "unsigned thought")
			if (type === "redacted_thinking") check(Boolean(value.data), "empty redacted thought")
			if (type.startsWith("tool")) check(tools.length > 0, "tool block without tools")
			if (type === "tool_use") {
				check(/^[\w-]{1,64}$/.test(String(value.name)), "tool name")
				check((isClaude ? /^[\w-]{1,64}$/ : /^[\w.:-]{1,64}$/).test(String(value.id)), "tool id")
				check(!ids.has(value.id), "repeated tool id")
				ids.add(value.id)
				check(Object.prototype.toString.call(value.input) === "[object Object]", "tool input")
			}
			const inner = type === "tool_result" ? blocksOf(value as unknown as ChatTurn) : []
			if (type === "tool_result") check(inner.length > 0, "empty result")
			for (const item of inner) {
				if (item.type === "text") check(String(item.text).trim() !== "", "blank text in a result")
				else check(takesImages, "image in a result")
			}
			for (const { source } of [value, ...inner].filter((item) => item.type === "image")) {
				const { media_type, data } = source as { media_type: string; data: string }
				check(media_type === (data === PNG ? "image/png" : "image/jpeg"), "media type")
			}
		}
	}
	if (thinks && model.includes("haiku-4-5")) check(!isOpenLoopWithoutThought(turns), "open loop without a thought")
	return found
}

function isOpenLoopWithoutThought(turns: readonly ChatTurn[]): boolean {
	const hasOnlyResults = (one: ChatTurn) => blocksOf(one).every(({ type }) => type === "tool_result")
	if (!turns.at(-1) || !blocksOf(turns.at(-1) as ChatTurn).some(({ type }) => type === "tool_result")) return false
	const assistants = turns.flatMap((one, index) => (one.role === "assistant" ? [index] : []))
	const lastPrompt = turns.findLastIndex(
		(one, index) => one.role === "user" && index < turns.length - 1 && !hasOnlyResults(one),
	)
	const first = assistants.find((index) => index > lastPrompt)
	return ![first, assistants.at(-1)].some(
		(index) => index !== undefined && isThought(blocksOf(turns[index] as ChatTurn)[0]),
	)
}

const readable = (value: string) => value.replace(/\p{Surrogate}/gu, "\uFFFD")

/** Texts of the user, also in tool results. */
function userTexts(turns: readonly ChatTurn[]): string[] {
	return turns
		.filter(({ role }) => role === "user")
		.flatMap(blocksOf)
		.flatMap((value) =>
			value.type === "tool_result" ? blocksOf({ content: "", ...value } as unknown as ChatTurn) : [value],
		)
		.flatMap((value) =>
			value.type === "text" && String(value.text).trim() !== "" ? [readable(String(value.text))] : [],
		)
}

describe("repairConversation", () => {
	it("returns a conversation that violates no rule, for any history", () => {
		fc.assert(
			fc.property(conversation, models, (input, model) => {
				const repaired = repairedOrNull(input, model)
				if (repaired) expect(violations(repaired, model)).toEqual([])
			}),
			RUNS,
		)
	})

	it("changes nothing when it is applied a second time", () => {
		fc.assert(
			fc.property(conversation, models, (input, model) => {
				const repaired = repairedOrNull(input, model)
				if (!repaired) return
				const { changes, ...once } = repaired
				const { changes: again, ...twice } = repair(once, model)
				expect(again).toEqual([])
				expect(JSON.stringify(twice)).toBe(JSON.stringify(once))
				expect(changes.every(({ params }) => params.count > 0)).toBe(true)
			}),
			RUNS,
		)
	})

	it("returns a valid history byte for byte", () => {
		fc.assert(
			fc.property(validConversation, models, (input, model) => {
				const { changes, turns } = repair(input, model)
				expect(changes).toEqual([])
				expect(JSON.stringify(turns)).toBe(JSON.stringify(input.turns))
			}),
			RUNS,
		)
	})

	it("loses no text of the user", () => {
		fc.assert(
			fc.property(conversation, models, (input, model) => {
				const repaired = repairedOrNull(input, model)
				const sent = repaired ? userTexts(repaired.turns) : []
				const lost = userTexts(input.turns).filter((one) => !sent.some((value) => value.includes(one)))
				expect(lost).toEqual([])
			}),
			RUNS,
		)
	})

	it("reports no content of the conversation", () => {
		fc.assert(
			fc.property(conversation, models, (input, model) => {
				for (const { code, params } of repairedOrNull(input, model)?.changes ?? []) {
					expect(code).toMatch(/^[a-z-]+$/)
					expect(Object.keys(params)).toEqual(["count"])
				}
			}),
			{ numRuns: 100 },
		)
	})
})
