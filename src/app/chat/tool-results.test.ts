import { answer } from "@bedrock-tiers/test-kit/samples/view-state"
import type { ChatMessage } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { toolCalls } from "./answer"
import { shortenResult, shortenResults } from "./tool-results"

const NOTE = "\n[The rest is left out: too long. Call the tool for less of it if it matters.]"

const called = (...texts: string[]): ChatMessage =>
	answer({
		parts: texts.map((text, index) => ({
			kind: "tool-call",
			callId: `call-${index}`,
			name: "read_file",
			input: "{}",
			result: { ok: true, text },
		})),
	})
const resultsOf = (messages: readonly ChatMessage[]) =>
	messages.map((message) => (message.role === "user" ? [] : toolCalls(message).map(({ result }) => result?.text)))

describe("shortenResults", () => {
	it("returns the same messages when all results fit", () => {
		const messages = [called("aaaa", "bbbb"), called("cc")]
		expect(shortenResults(messages, 10)).toBe(messages)
	})

	it("keeps the newest results whole, cuts the one that crosses the limit, and leaves out older ones", () => {
		const messages = [called("aaaa"), called("bbbb", "cccc"), called("dddd")]
		expect(resultsOf(shortenResults(messages, 10))).toEqual([[NOTE], [`bb${NOTE}`, "cccc"], ["dddd"]])
	})
})

it("shortenResult counts UTF-8 bytes and does not split a character", () => {
	expect(shortenResult({ ok: true, text: "a€b" }, 5)).toEqual({ ok: true, text: "a€b" })
	expect(shortenResult({ ok: false, text: "a€b" }, 3)).toEqual({ ok: false, text: `a${NOTE}` })
})
