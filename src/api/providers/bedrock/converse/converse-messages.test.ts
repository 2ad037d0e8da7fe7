import { describe, expect, it } from "vitest"
import type { ChatTurn, TurnBlock } from "../../../provider-contract"
import { converseMessages } from "./converse-messages"
import { validToolId } from "./tool-ids"

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
const image = { type: "image", source: { type: "base64", media_type: "image/png", data: PIXEL } } as const

const user = (content: ChatTurn["content"]): ChatTurn => ({ role: "user", content })
const assistant = (content: ChatTurn["content"]): ChatTurn => ({ role: "assistant", content })
const blocksOf = (...blocks: TurnBlock[]) => converseMessages([user(blocks)], true)[0]?.content

describe("turns", () => {
	it("keep their order and their roles", () => {
		expect(converseMessages([user("Hi"), assistant("Hello"), user("Bye")], false)).toEqual([
			{ role: "user", content: [{ text: "Hi" }] },
			{ role: "assistant", content: [{ text: "Hello" }] },
			{ role: "user", content: [{ text: "Bye" }] },
		])
	})

	it("of one role that follow each other are one message, and blank ones are none", () => {
		expect(converseMessages([user("One"), user(" \n"), user("Two"), assistant("")], false)).toEqual([
			{ role: "user", content: [{ text: "One" }, { text: "Two" }] },
		])
	})

	it("that are all blank are refused", () => {
		expect(() => converseMessages([user(" ")], false)).toThrow("The message is empty.")
	})

	it("with a block of an unknown kind are refused by its name", () => {
		expect(() => blocksOf({ type: "hologram" })).toThrow('a block of the kind "hologram"')
	})
})

describe("images", () => {
	it("go as bytes with their format", () => {
		expect(blocksOf(image)).toEqual([{ image: { format: "png", source: { bytes: Buffer.from(PIXEL, "base64") } } }])
	})

	it.each([
		["image/tiff", PIXEL, 'An image of the kind "image/tiff" cannot be sent'],
		["image/png", "no base64!", "An image is not valid base64."],
		["image/png", "", "An image is not valid base64."],
		["image/jpeg", PIXEL, "An image says that it is JPEG, but its bytes are something else."],
	])("that are none are refused: %s", (media_type, data, message) => {
		expect(() => blocksOf({ type: "image", source: { type: "base64", media_type, data } })).toThrow(message)
	})
})

describe("thoughts", () => {
	it("go back with their signature, and not without one", () => {
		expect(
			blocksOf({ type: "thinking", thinking: "Hm.", signature: "c2ln" }, { type: "text", text: "So." }),
		).toEqual([{ reasoningContent: { reasoningText: { text: "Hm.", signature: "c2ln" } } }, { text: "So." }])
		expect(blocksOf({ type: "thinking", thinking: "Hm.", signature: "" }, { type: "text", text: "So." })).toEqual([
			{ text: "So." },
		])
	})

	it("that are redacted go back as they came", () => {
		expect(blocksOf({ type: "redacted_thinking", data: "AAEC" })).toEqual([
			{ reasoningContent: { redactedContent: Buffer.from([0, 1, 2]) } },
		])
	})
})

describe("tool calls", () => {
	const call: TurnBlock = { type: "tool_use", id: "call|1", name: "read_file", input: { path: "a.txt" } }
	const result: TurnBlock = {
		type: "tool_result",
		tool_use_id: "call|1",
		content: [{ type: "text", text: "Words" }, image],
	}

	it("and their results keep one id, made valid", () => {
		const [asked, answered] = converseMessages([user("Read it"), assistant([call]), user([result])], true).slice(1)
		const toolUseId = validToolId("call|1")
		expect(toolUseId).toMatch(/^call_1_[0-9a-f]{12}$/)
		expect(asked?.content).toEqual([{ toolUse: { toolUseId, name: "read_file", input: { path: "a.txt" } } }])
		const picture = { image: { format: "png", source: { bytes: Buffer.from(PIXEL, "base64") } } }
		expect(answered?.content).toEqual([{ toolResult: { toolUseId, content: [{ text: "Words" }, picture] } }])
	})

	it("that failed say so, and a result without output is not empty", () => {
		expect(blocksOf({ type: "tool_result", tool_use_id: "t1", is_error: true })).toEqual([
			{ toolResult: { toolUseId: "t1", content: [{ text: "(no output)" }], status: "error" } },
		])
	})

	it("go as text where the request offers no tools", () => {
		expect(converseMessages([assistant([call]), user([result])], false)).toEqual([
			{ role: "assistant", content: [{ text: '[Called the tool read_file with {"path":"a.txt"}]' }] },
			{
				role: "user",
				content: [
					{ text: "[The tool answered]\nWords" },
					{ image: { format: "png", source: { bytes: Buffer.from(PIXEL, "base64") } } },
				],
			},
		])
	})
})

describe("a tool id", () => {
	it("that is valid stays, and two that differ stay two", () => {
		expect(validToolId("tooluse_Ab-1")).toBe("tooluse_Ab-1")
		expect(validToolId("a|b")).not.toBe(validToolId("a/b"))
		expect(validToolId("x".repeat(200))).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
	})
})
