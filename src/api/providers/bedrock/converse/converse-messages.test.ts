import { describe, expect, it } from "vitest"
import type { KnownBlock } from "../conversation/known-turn"
import { converseMessages } from "./converse-messages"

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
const image = { type: "image", source: { type: "base64", media_type: "image/png", data: PIXEL } } as const
const picture = { image: { format: "png", source: { bytes: Buffer.from(PIXEL, "base64") } } }

const translated = (...content: KnownBlock[]) => converseMessages([{ role: "user", content }])[0]?.content

describe("converseMessages", () => {
	it("keeps the order and the roles of the turns", () => {
		expect(
			converseMessages([
				{ role: "user", content: "Hi" },
				{ role: "assistant", content: [{ type: "text", text: "Hello" }] },
			]),
		).toEqual([
			{ role: "user", content: [{ text: "Hi" }] },
			{ role: "assistant", content: [{ text: "Hello" }] },
		])
	})

	it("sends images as bytes with their format", () => {
		expect(translated(image)).toEqual([picture])
	})

	it("sends reasoning back with its signature, and redacted reasoning unchanged", () => {
		expect(
			translated(
				{ type: "thinking", thinking: "Hm.", signature: "c2ln" },
				{ type: "redacted_thinking", data: "AAEC" },
			),
		).toEqual([
			{ reasoningContent: { reasoningText: { text: "Hm.", signature: "c2ln" } } },
			{ reasoningContent: { redactedContent: Buffer.from([0, 1, 2]) } },
		])
	})

	it("sends a tool call with its input, and its result with texts, images and an error status", () => {
		expect(
			translated(
				{ type: "tool_use", id: "t1", name: "read_file", input: { path: "a.txt" } },
				{ type: "tool_result", tool_use_id: "t1", content: [{ type: "text", text: "Words" }, image] },
				{ type: "tool_result", tool_use_id: "t2", content: "No", is_error: true },
			),
		).toEqual([
			{ toolUse: { toolUseId: "t1", name: "read_file", input: { path: "a.txt" } } },
			{ toolResult: { toolUseId: "t1", content: [{ text: "Words" }, picture] } },
			{ toolResult: { toolUseId: "t2", content: [{ text: "No" }], status: "error" } },
		])
	})
})
