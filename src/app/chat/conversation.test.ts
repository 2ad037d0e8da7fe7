import type { AnswerPart, AssistantMessage, ChatMessage } from "@bedrock-tiers/protocol"
import type { UsageRecord } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { systemPrompt, summarisable, toTurns } from "./conversation"

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
const text = (words: string): AnswerPart => ({ kind: "text", text: words })
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

describe("A conversation", () => {
	it("starts with a question, also where the first one was lost: its answer and the results of its tools stay out", () => {
		const orphan = answer([call("{}", { ok: true, text: "1| a" })])
		expect(turns([orphan, answer([text("Yes.")]), question("And now?")])).toEqual([
			{ role: "user", content: [{ type: "text", text: "And now?" }] },
		])
	})
})

describe("An answer goes back", () => {
	it("without its end where it is longer than 400,000 characters", () => {
		const [, back] = turns([question("Hi"), answer([text("a".repeat(400_001))])])
		expect(back?.content).toEqual([
			{
				type: "text",
				text: `${"a".repeat(400_000)}\n\n[The rest of this answer is too long to be sent again.]`,
			},
		])
	})

	it("as it was built: signed thought, text, tool call, and the call's result in the person's turn", () => {
		const parts = [thought("sig"), text("I look."), call('{"path":"a.ts"}', { ok: true, text: "1| a" })]
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

	it("with redacted thoughts, and without a thought that nobody signed", () => {
		const parts: AnswerPart[] = [thought(null), { kind: "redacted-reasoning", data: "c2VjcmV0" }, text("Yes.")]
		expect(turns([question("Hi"), answer(parts)])[1]?.content).toEqual([
			{ type: "redacted_thinking", data: "c2VjcmV0" },
			{ type: "text", text: "Yes." },
		])
	})

	it("without its thoughts to another model, which could not read the signature", () => {
		const request = { modelId: "us.anthropic.claude-opus-4-6-v1" } as UsageRecord
		const parts: AnswerPart[] = [thought("sig"), { kind: "redacted-reasoning", data: "c2VjcmV0" }, text("Yes.")]
		expect(turns([question("Hi"), answer(parts, { request })])[1]?.content).toEqual([
			{ type: "text", text: "Yes." },
		])
	})

	it("not at all when it holds thoughts alone, or nothing", () => {
		const messages = [question("a"), answer([thought("sig")]), answer([text(" ")]), question("b")]
		expect(turns(messages)).toEqual([
			{
				role: "user",
				content: [
					{ type: "text", text: "a" },
					{ type: "text", text: "b" },
				],
			},
		])
	})

	it("not when it broke off and the question was asked again", () => {
		const broken = answer([text("Half an ans")], { status: "failed" })
		const again = answer([text("An answer.")])
		expect(turns([question("a"), broken, again])[1]?.content).toEqual([{ type: "text", text: "An answer." }])
	})

	it("as far as it came, when the person stopped it and went on", () => {
		const stopped = answer([text("Half an ans")], { status: "stopped" })
		expect(turns([question("a"), stopped, question("b")]).map(({ role }) => role)).toEqual([
			"user",
			"assistant",
			"user",
		])
	})
})

describe("A tool call", () => {
	it("that was not run has a result that says so", () => {
		const [, , result] = turns([question("a"), answer([call('{"path":"a"}')], { status: "stopped" })])
		expect(result?.content).toEqual([
			{ type: "tool_result", tool_use_id: "call-1", content: "This was not run.", is_error: true },
		])
	})

	it("that is not whole is left out, its result with it", () => {
		const cut = answer([text("I look."), call('{"path":')], { status: "failed" })
		expect(turns([question("a"), cut, question("b")])).toEqual([
			{ role: "user", content: [{ type: "text", text: "a" }] },
			{ role: "assistant", content: [{ type: "text", text: "I look." }] },
			{ role: "user", content: [{ type: "text", text: "b" }] },
		])
	})

	it("without arguments is one with none", () => {
		expect(turns([question("a"), answer([call("", { ok: true, text: "." })])])[1]?.content).toMatchObject([
			{ type: "tool_use", input: {} },
		])
	})
})

describe("A summary", () => {
	const messages = [question("a", "1"), answer([text("b")], { id: "2" }), question("c", "3"), answer([], { id: "4" })]

	it("stands for the messages up to its own, and what came after goes as it is", () => {
		expect(turns(messages, { text: "a and b", upToMessageId: "2" })).toEqual([
			{
				role: "user",
				content: [
					{ type: "text", text: "What was said before, in short:\n\na and b" },
					{ type: "text", text: "c" },
				],
			},
		])
	})

	it("can take in all before the newest question, once", () => {
		expect(summarisable({ messages, summary: null })).toBe("2")
		expect(summarisable({ messages, summary: { text: "a and b", upToMessageId: "2" } })).toBeNull()
		expect(summarisable({ messages: messages.slice(2), summary: null })).toBeNull()
	})

	it("whose message is gone stands for nothing: no message is lost", () => {
		expect(turns(messages, { text: "?", upToMessageId: "gone" })).toHaveLength(3)
	})
})

it("The system prompt speaks of the workspace only where there are tools", () => {
	expect(systemPrompt(true)).toContain("workspace")
	expect(systemPrompt(false)).not.toContain("workspace")
})
