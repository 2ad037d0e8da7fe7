import { describe, expect, it } from "vitest"
import { answerText, textDeltas } from "./answer-text"
import { readConverseRequest } from "./converse-request"

function answerTo(text: string, options: { requestedTier?: string; servedTier?: string | null; long?: boolean } = {}) {
	return answerText({
		request: readConverseRequest(JSON.stringify({ messages: [{ role: "user", content: [{ text }] }] })),
		modelId: "us.amazon.nova-pro-v1:0",
		requestedTier: options.requestedTier ?? null,
		servedTier: options.servedTier === undefined ? "default" : options.servedTier,
		long: options.long ?? false,
	})
}

const wordCount = (text: string) => text.split(/\s+/).length

describe("the emulator's answer", () => {
	it("says what it is, for which model and tiers, and what the person wrote first", () => {
		const text = answerTo("What is flex?\nTell me.", { requestedTier: "flex" })

		expect(text).toContain("local Bedrock emulator")
		expect(text).toContain("Model: `us.amazon.nova-pro-v1:0`")
		expect(text).toContain("Requested tier: `flex`")
		expect(text).toContain("Served tier: `default`")
		expect(text).toContain("> What is flex?")
		expect(text).not.toContain("Tell me.")
	})

	it("says so when no tier was requested or none is reported", () => {
		const text = answerTo("Hello", { servedTier: null })

		expect(text).toContain("Requested tier: none")
		expect(text).toContain("Served tier: not reported")
	})

	it("is some 400 words longer when the message asks for something long", () => {
		const extra = wordCount(answerTo("A long story, please")) - wordCount(answerTo("A short story, please"))

		expect(extra).toBeGreaterThan(350)
		expect(extra).toBeLessThan(450)
	})
})

describe("the deltas of a text", () => {
	it.each(["One two three four.\n\n- five\n", "  leading", "\n", "日本語".repeat(40), "🎈".repeat(60), ""])(
		"give the text again: %j",
		(text) => {
			expect(textDeltas(text).join("")).toBe(text)
		},
	)

	it("hold a few words each", () => {
		expect(textDeltas("one two three four five")).toEqual(["one two three ", "four five"])
	})
})
