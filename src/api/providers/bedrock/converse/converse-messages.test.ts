import { describe, expect, it } from "vitest"
import type { ChatTurn, TurnBlock } from "../../../provider-contract"
import { converseMessages, validToolId } from "./converse-messages"

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
const image = { type: "image", source: { type: "base64", media_type: "image/png", data: PIXEL } } as const

const user = (content: ChatTurn["content"]): ChatTurn => ({ role: "user", content })
const assistant = (content: ChatTurn["content"]): ChatTurn => ({ role: "assistant", content })
const blocksOf = (...blocks: TurnBlock[]) => converseMessages([user(blocks)], true)[0]?.content

describe("converseMessages", () => {
	it("keeps the order and the roles of the turns", () => {
		expect(converseMessages([user("Hi"), assistant("Hello"), user("Bye")], false)).toEqual([
			{ role: "user", content: [{ text: "Hi" }] },
			{ role: "assistant", content: [{ text: "Hello" }] },
			{ role: "user", content: [{ text: "Bye" }] },
		])
	})

	it("joins consecutive turns of one role and drops blank turns", () => {
		expect(converseMessages([user("One"), user(" \n"), user("Two"), assistant("")], false)).toEqual([
			{ role: "user", content: [{ text: "One" }, { text: "Two" }] },
		])
	})

	it("rejects a conversation of blank turns", () => {
		expect(() => converseMessages([user(" ")], false)).toThrow("The message is empty.")
	})

	it("rejects a block of an unknown type and names the type", () => {
		expect(() => blocksOf({ type: "hologram" })).toThrow('a block of the kind "hologram"')
	})
})

describe("Images", () => {
	it("are sent as bytes with their format", () => {
		expect(blocksOf(image)).toEqual([{ image: { format: "png", source: { bytes: Buffer.from(PIXEL, "base64") } } }])
	})

	it.each([
		["image/tiff", PIXEL, 'An image of the kind "image/tiff" cannot be sent'],
		["image/png", "no base64!", "An image is not valid base64."],
		["image/png", "", "An image is not valid base64."],
		["image/jpeg", PIXEL, "An image says that it is JPEG, but its bytes are something else."],
	])("are rejected when the type is unsupported or the data is invalid: %s", (media_type, data, message) => {
		expect(() => blocksOf({ type: "image", source: { type: "base64", media_type, data } })).toThrow(message)
	})
})

describe("Reasoning", () => {
	it("is sent back with its signature, and dropped without one", () => {
		expect(
			blocksOf({ type: "thinking", thinking: "Hm.", signature: "c2ln" }, { type: "text", text: "So." }),
		).toEqual([{ reasoningContent: { reasoningText: { text: "Hm.", signature: "c2ln" } } }, { text: "So." }])
		expect(blocksOf({ type: "thinking", thinking: "Hm.", signature: "" }, { type: "text", text: "So." })).toEqual([
			{ text: "So." },
		])
	})

	it("is sent back unchanged when it is redacted", () => {
		expect(blocksOf({ type: "redacted_thinking", data: "AAEC" })).toEqual([
			{ reasoningContent: { redactedContent: Buffer.from([0, 1, 2]) } },
		])
	})
})

describe("Tool calls", () => {
	const call: TurnBlock = { type: "tool_use", id: "call|1", name: "read_file", input: { path: "a.txt" } }
	const result: TurnBlock = {
		type: "tool_result",
		tool_use_id: "call|1",
		content: [{ type: "text", text: "Words" }, image],
	}

	it("have the same valid id as their results", () => {
		const [callTurn, resultTurn] = converseMessages(
			[user("Read it"), assistant([call]), user([result])],
			true,
		).slice(1)
		const toolUseId = validToolId("call|1")
		expect(toolUseId).toMatch(/^call_1_[0-9a-f]{12}$/)
		expect(callTurn?.content).toEqual([{ toolUse: { toolUseId, name: "read_file", input: { path: "a.txt" } } }])
		const picture = { image: { format: "png", source: { bytes: Buffer.from(PIXEL, "base64") } } }
		expect(resultTurn?.content).toEqual([{ toolResult: { toolUseId, content: [{ text: "Words" }, picture] } }])
	})

	it("have an error status if they failed, and a placeholder if they have no output", () => {
		expect(blocksOf({ type: "tool_result", tool_use_id: "t1", is_error: true })).toEqual([
			{ toolResult: { toolUseId: "t1", content: [{ text: "(no output)" }], status: "error" } },
		])
	})

	it("are sent as text when the request offers no tools", () => {
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

describe("A tool id", () => {
	it("stays unchanged if it is valid, and stays distinct from other ids if it is not", () => {
		expect(validToolId("tooluse_Ab-1")).toBe("tooluse_Ab-1")
		expect(validToolId("a|b")).not.toBe(validToolId("a/b"))
		expect(validToolId("x".repeat(200))).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
	})
})
