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

describe("answerText", () => {
	it("names the emulator, the model and both tiers, and quotes the first line of the prompt", () => {
		const text = answerTo("What is flex?\nTell me.", { requestedTier: "flex" })

		expect(text).toContain("local Bedrock emulator")
		expect(text).toContain("Model: `us.amazon.nova-pro-v1:0`")
		expect(text).toContain("Requested tier: `flex`")
		expect(text).toContain("Served tier: `default`")
		expect(text).toContain("> What is flex?")
		expect(text).not.toContain("Tell me.")
	})

	it("states that no tier was requested and that no served tier was reported", () => {
		const text = answerTo("Hello", { servedTier: null })

		expect(text).toContain("Requested tier: none")
		expect(text).toContain("Served tier: not reported")
	})

	it("adds about 400 words when the prompt asks for a long answer", () => {
		const extra = wordCount(answerTo("A long story, please")) - wordCount(answerTo("A short story, please"))

		expect(extra).toBeGreaterThan(350)
		expect(extra).toBeLessThan(450)
	})
})

describe("textDeltas", () => {
	it.each(["One two three four.\n\n- five\n", "  leading", "\n", "日本語".repeat(40), "🎈".repeat(60), ""])(
		"returns deltas that join to the original text: %j",
		(text) => {
			expect(textDeltas(text).join("")).toBe(text)
		},
	)

	it("puts up to three words into each delta", () => {
		expect(textDeltas("one two three four five")).toEqual(["one two three ", "four five"])
	})
})
