import type { AnswerPart, AssistantMessage, ChatMessage } from "@bedrock-tiers/protocol"
import type { UsageRecord } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { systemPrompt, summarizable, toTurns } from "./conversation"

const MODEL = "us.anthropic.claude-sonnet-4-6"
const question = (text: string, id = text): ChatMessage => ({ role: "user", id, text })
const answer = (parts: AnswerPart[], part: Partial<AssistantMessage> = {}): AssistantMessage => ({
	role: "assistant",
	id: "answer",
	parts,
	status: "complete",
	error: null,
	request: { modelId: MODEL } as UsageRecord,
	...part,
})
const textPart = (text: string): AnswerPart => ({ kind: "text", text })
const thought = (signature: string | null): AnswerPart => ({ kind: "reasoning", text: "Let me think.", signature })
const call = (input: string, result: { ok: boolean; text: string } | null = null): AnswerPart => ({
	kind: "tool-call",
	callId: "call-1",
	name: "read_file",
	input,
	result,
})
const turns = (messages: ChatMessage[], summary: Parameters<typeof toTurns>[0]["summary"] = null) =>
	toTurns({ messages, summary }, MODEL)

describe("toTurns with an earlier answer", () => {
	it("truncates an answer that is longer than 400,000 characters", () => {
		const [, back] = turns([question("Hi"), answer([textPart("a".repeat(400_001))])])
		expect(back?.content).toEqual([
			{
				type: "text",
				text: `${"a".repeat(400_000)}\n\n[The rest of this answer is too long to be sent again.]`,
			},
		])
	})

	it("does not truncate an answer within a surrogate pair", () => {
		const [, back] = turns([question("Hi"), answer([textPart(`${"a".repeat(399_999)}😀`)])])
		expect(back?.content).toEqual([
			{
				type: "text",
				text: `${"a".repeat(399_999)}\n\n[The rest of this answer is too long to be sent again.]`,
			},
		])
	})

	it("retains signed reasoning, text and tool call, with the tool result in the next user turn", () => {
		const parts = [thought("sig"), textPart("I look."), call('{"path":"a.ts"}', { ok: true, text: "1| a" })]
		expect(turns([question("Hi"), answer(parts)])).toEqual([
			{ role: "user", content: [{ type: "text", text: "Hi" }] },
			{
				role: "assistant",
				content: [
					{ type: "thinking", thinking: "Let me think.", signature: "sig" },
					{ type: "text", text: "I look." },
					{ type: "tool_use", id: "call-1", name: "read_file", input: { path: "a.ts" } },
				],
			},
			{ role: "user", content: [{ type: "tool_result", tool_use_id: "call-1", content: "1| a" }] },
		])
	})

	it("retains redacted reasoning and leaves out unsigned reasoning", () => {
		const parts: AnswerPart[] = [thought(null), { kind: "redacted-reasoning", data: "c2VjcmV0" }, textPart("Yes.")]
		expect(turns([question("Hi"), answer(parts)])[1]?.content).toEqual([
			{ type: "redacted_thinking", data: "c2VjcmV0" },
			{ type: "text", text: "Yes." },
		])
	})

	it("leaves out the reasoning of another model, whose signature the current model cannot read", () => {
		const request = { modelId: "us.anthropic.claude-opus-4-6-v1" } as UsageRecord
		const parts: AnswerPart[] = [thought("sig"), { kind: "redacted-reasoning", data: "c2VjcmV0" }, textPart("Yes.")]
		expect(turns([question("Hi"), answer(parts, { request })])[1]?.content).toEqual([
			{ type: "text", text: "Yes." },
		])
	})

	it("retains signed reasoning when only the route to the model has changed", () => {
		const baseModelId = "anthropic.claude-sonnet-4-6"
		const request = { modelId: `global.${baseModelId}`, baseModelId } as UsageRecord
		const parts: AnswerPart[] = [thought("sig"), textPart("Yes.")]
		expect(turns([question("Hi"), answer(parts, { request })])[1]?.content).toEqual([
			{ type: "thinking", thinking: "Let me think.", signature: "sig" },
			{ type: "text", text: "Yes." },
		])
	})

	it("leaves out the reasoning of another model in between, and retains that of the current model", () => {
		const other = answer([thought("other"), textPart("No.")], {
			request: { modelId: "us.amazon.nova-2-lite-v1:0", baseModelId: "amazon.nova-2-lite-v1:0" } as UsageRecord,
		})
		const own = answer([thought("sig"), textPart("Yes.")])
		const thoughts = turns([question("a"), own, question("b"), other, question("c")])
			.flatMap(({ content }) => (typeof content === "string" ? [] : content))
			.filter(({ type }) => type === "thinking")
		expect(thoughts).toEqual([{ type: "thinking", thinking: "Let me think.", signature: "sig" }])
	})

	it("leaves out a failed answer that a retry replaced", () => {
		const broken = answer([textPart("Half an ans")], { status: "failed" })
		const again = answer([textPart("An answer.")])
		expect(turns([question("a"), broken, again])[1]?.content).toEqual([{ type: "text", text: "An answer." }])
	})

	it("retains the received part of an answer that the user stopped before the next question", () => {
		const stopped = answer([textPart("Half an ans")], { status: "stopped" })
		expect(turns([question("a"), stopped, question("b")]).map(({ role }) => role)).toEqual([
			"user",
			"assistant",
			"user",
		])
	})
})

describe("toTurns with a tool call", () => {
	it("sends a call with incomplete arguments as the model wrote it", () => {
		const cut = answer([textPart("I look."), call('{"path":')], { status: "failed" })
		expect(turns([question("a"), cut])[1]?.content).toEqual([
			{ type: "text", text: "I look." },
			{ type: "tool_use", id: "call-1", name: "read_file", input: '{"path":' },
		])
	})

	it("sends at most 2,000 characters of incomplete arguments, without half of a surrogate pair", () => {
		const cut = answer([call(`${"a".repeat(1_999)}🙂`)], { status: "failed" })
		expect(turns([question("a"), cut])[1]?.content).toMatchObject([{ type: "tool_use", input: "a".repeat(1_999) }])
	})

	it("sends an empty object for a call without arguments", () => {
		expect(turns([question("a"), answer([call("", { ok: true, text: "." })])])[1]?.content).toMatchObject([
			{ type: "tool_use", input: {} },
		])
	})
})

describe("A summary of a conversation", () => {
	const messages = [
		question("a", "1"),
		answer([textPart("b")], { id: "2" }),
		question("c", "3"),
		answer([], { id: "4" }),
	]

	it("replaces the messages up to its message id; later messages are sent unchanged", () => {
		expect(turns(messages, { text: "a and b", upToMessageId: "2" })).toEqual([
			{ role: "user", content: [{ type: "text", text: "What was said before, in short:\n\na and b" }] },
			{ role: "user", content: [{ type: "text", text: "c" }] },
		])
	})

	it("can include all messages before the newest question, and none twice", () => {
		expect(summarizable({ messages, summary: null })).toBe("2")
		expect(summarizable({ messages, summary: { text: "a and b", upToMessageId: "2" } })).toBeNull()
		expect(summarizable({ messages: messages.slice(2), summary: null })).toBeNull()
	})

	it("with an unknown message id replaces no message", () => {
		expect(turns(messages, { text: "?", upToMessageId: "gone" })).toHaveLength(4)
	})
})

it("The system prompt mentions the workspace only when there are tools", () => {
	expect(systemPrompt(true)).toContain("workspace")
	expect(systemPrompt(false)).not.toContain("workspace")
})
