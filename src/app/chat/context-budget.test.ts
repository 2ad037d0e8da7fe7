import { answer } from "@bedrock-tiers/test-kit/samples/view-state"
import type { ChatMessage } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { summaryPrompt } from "./background"
import { contextBudget, nextRequestTokens } from "./context-budget"

const question = (text: string): ChatMessage => ({ role: "user", id: text.slice(0, 9), text })
const read = (text: string): ChatMessage => {
	const call = { kind: "tool-call", callId: "c", name: "read_file", input: "{}" } as const
	return answer({ parts: [{ ...call, result: { ok: true, text } }] })
}
const rejected = answer({ parts: [], status: "failed", error: { code: "bad-input", details: [] }, request: null })
const chat = (...messages: ChatMessage[]) => ({ messages, summary: null })

describe("contextBudget", () => {
	it("gives tool results half of the context window, 3 bytes per token, and at most 400,000 bytes", () => {
		expect(contextBudget(chat(), 128_000)).toMatchObject({ windowBytes: 384_000, resultBytes: 192_000 })
		expect(contextBudget(chat(), 1_000_000).resultBytes).toBe(400_000)
		expect(contextBudget(chat(), null).resultBytes).toBe(192_000)
	})

	it("assumes 1 byte per token after Bedrock rejected a request, until a summary replaces that request", () => {
		const messages = [question("Hi"), rejected, question("And now?")]
		expect(contextBudget(chat(...messages), 128_000).resultBytes).toBe(64_000)
		const summary = { text: "x", upToMessageId: rejected.id }
		expect(contextBudget({ messages, summary }, 128_000).resultBytes).toBe(192_000)
	})
})

describe("nextRequestTokens", () => {
	const budget = contextBudget(chat(), 128_000)

	it("adds the results of the last answer and later text to the tokens that Bedrock reported", () => {
		const messages = [question("x".repeat(9_000)), read("y".repeat(600)), question("z".repeat(30))]
		expect(nextRequestTokens(chat(...messages), 5_000, budget)).toBe(5_210)
	})

	it("counts results only as far as they are sent", () => {
		const messages = [question("x".repeat(30)), read("y".repeat(6_000_000))]
		// 192,000 bytes and the note of 78 characters.
		expect(nextRequestTokens(chat(...messages), 5_000, budget)).toBe(5_000 + 192_078 / 3)
	})

	it("estimates everything when no usage was reported", () => {
		const messages = [question("x".repeat(9_000)), rejected, question("z".repeat(30))]
		expect(nextRequestTokens(chat(...messages), null, budget)).toBe(3_010)
	})
})

it("A prompt for a summary has at most the given number of characters of the conversation", () => {
	const messages = Array.from({ length: 20 }, (_, index) => question(`${index} ${"x".repeat(10_000)}`))
	const prompt = (maxCharacters: number) => summaryPrompt(chat(...messages), "19 xxxxxx", undefined, maxCharacters)
	expect(prompt(1_000_000).length).toBeGreaterThan(200_000)
	expect(prompt(50_000).length).toBeLessThan(51_000)
	expect(prompt(50_000)).toContain("Person: 19 x")
})
