import { findModel } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import type { ChatTurn } from "../../../provider-contract"
import { repairConversation, type Conversation } from "./repair-conversation"
import { conversationRules } from "./rules"
import {
	assistant,
	call,
	GPT_OSS,
	image,
	JPEG,
	PNG,
	result,
	SONNET_4_6,
	START,
	thought,
	tool,
	user,
} from "./testing/faulty-histories"

/** What is sent in place of a faulty history. */

const TOOLS = [tool({ type: "object", properties: {} })]

function repair(turns: readonly ChatTurn[], modelId: string = GPT_OSS, part: Partial<Conversation> = {}) {
	const conversation = { systemPrompt: "", turns, tools: TOOLS, thinks: false, ...part }
	return repairConversation(conversation, conversationRules(findModel(modelId), "converse"))
}
const repaired = (turns: readonly ChatTurn[], modelId?: string) => repair(turns, modelId).turns
const text = (value: string) => ({ type: "text", text: value })

describe("Tool names", () => {
	const sentName = (name: string) => {
		const [, turn] = repaired([START, assistant(call("a", name)), user(result("a"))])
		return (turn?.content[0] as { name: string }).name
	}

	it.each(["read_file<|channel|>commentary", "functions.read_file", "read_file\n"])(
		"become the offered tool in %j",
		(name) => {
			expect(sentName(name)).toBe("read_file")
		},
	)

	it("that contain no offered tool stay distinct", () => {
		expect(sentName("a.b")).toMatch(/^a_b_[0-9a-f]{12}$/)
		expect(sentName("a.b")).not.toBe(sentName("a/b"))
		expect(sentName("n".repeat(65))).toMatch(/^n{50}_[0-9a-f]{12}$/)
		expect(sentName("")).toMatch(/^_[0-9a-f]{12}$/)
	})

	it("stay unchanged in the caller's history and in calls that are sent as text", () => {
		const turns = [START, assistant(call("a", "x.y")), user(result("a"))]
		expect(repair(turns, GPT_OSS, { tools: [] }).turns[1]?.content).toEqual([
			text('[Called the tool x.y with {"path":"a.txt"}]'),
		])
		expect(turns[1]).toEqual(assistant(call("a", "x.y")))
	})
})

describe("Tool ids", () => {
	const sentIds = (id: string, modelId?: string) =>
		repaired([START, assistant(call(id)), user(result(id))], modelId)
			.flatMap(({ content }) => content as readonly { id?: string; tool_use_id?: string }[])
			.flatMap((block) => block.id ?? block.tool_use_id ?? [])

	it("stay unchanged when they are valid, also those of Kimi", () => {
		expect(sentIds("tooluse_Ab-1")).toEqual(["tooluse_Ab-1", "tooluse_Ab-1"])
		expect(sentIds("functions.read_file:0")).toEqual(["functions.read_file:0", "functions.read_file:0"])
	})

	it("are the same for a call and its result when they are replaced, and stay distinct", () => {
		const [ofCall, ofResult] = sentIds("call|1")
		expect(ofCall).toMatch(/^call_1_[0-9a-f]{12}$/)
		expect(ofResult).toBe(ofCall)
		expect(sentIds("call/1")[0]).not.toBe(ofCall)
		expect(sentIds("x".repeat(200))[0]).toMatch(/^x{50}_[0-9a-f]{12}$/)
		expect(sentIds("functions.read_file:0", SONNET_4_6)[0]).toMatch(/^functions_read_file_0_[0-9a-f]{12}$/)
	})

	it("that are used twice get a number, with their own results", () => {
		const turns = [
			START,
			assistant(call("a")),
			user(result("a", "1")),
			assistant(call("a")),
			user(result("a", "2")),
		]
		expect(repaired(turns).slice(3)).toEqual([assistant(call("a_2")), user(result("a_2", "2"))])
	})
})

describe("Tool results", () => {
	it("are placed after their calls, in the order of the calls, before other content", () => {
		const turns = [
			START,
			assistant(call("a"), call("b")),
			user("Wait", result("b", "2")),
			assistant("So?"),
			user(result("a", "1")),
		]
		expect(repaired(turns)).toEqual([
			START,
			assistant(call("a"), call("b")),
			user(result("a", "1"), result("b", "2"), "Wait"),
			assistant("So?"),
			user("Continue."),
		])
	})

	it("are joined when each has a turn of its own", () => {
		const turns = [START, assistant(call("a"), call("b")), user(result("a")), user(result("b"))]
		expect(repaired(turns)[2]).toEqual(user(result("a"), result("b")))
	})

	it("are added as errors for calls without one", () => {
		expect(repaired([START, assistant(call("a")), user("Go on")])[2]).toEqual(
			user(
				{
					...result("a", "There is no result: the call was not run, or its result was lost."),
					is_error: true,
				} as never,
				"Go on",
			),
		)
	})

	it("without a call are sent as text, with their images", () => {
		const png = image("image/png", PNG)
		expect(repaired([user(result("a", [text("Seen"), png]), "Go on")])).toEqual([
			user("[The tool answered]\nSeen", png, "Go on"),
		])
	})

	it("without output say so", () => {
		const turns = (content: unknown) => [START, assistant(call("a")), user(result("a", content))]
		for (const content of ["", " ", [], [text(" ")]])
			expect(repaired(turns(content))[2]).toEqual(user(result("a", "(no output)")))
	})

	it("that are only an image say so for a model that takes none in a result", () => {
		const turns = [START, assistant(call("a")), user(result("a", [image("image/png", PNG)]))]
		expect(repaired(turns)[2]).toEqual(user(result("a", "(see the image)"), image("image/png", PNG)))
		expect(repaired(turns, SONNET_4_6)).toEqual(turns)
	})
})

describe("Turns", () => {
	it("start and end with the user", () => {
		expect(repaired([assistant("Hello")])).toEqual([
			user("(The start of this conversation is not available.)"),
			assistant("Hello"),
			user("Continue."),
		])
	})

	it("of one role are joined, and blank ones dropped", () => {
		expect(
			repaired([user("One"), { role: "user", content: " \n" }, user("Two"), { role: "assistant", content: "" }]),
		).toEqual([user("One", "Two")])
	})

	it("with a thought only are dropped, and a thought at the end of a turn", () => {
		expect(repaired([START, assistant(thought("c2ln")), user("Well?")])).toEqual([user("Read it", "Well?")])
		expect(repaired([START, assistant("Yes", thought("c2ln")), user("Well?")])[1]).toEqual(assistant("Yes"))
	})

	it("without anything that can be sent are rejected", () => {
		expect(() => repair([{ role: "user", content: " " }])).toThrow("The message is empty.")
	})

	it("with a block of an unknown type are rejected, with the type", () => {
		expect(() => repair([user({ type: "hologram" })])).toThrow('a block of the kind "hologram"')
	})
})

describe("Tool input", () => {
	it.each([
		['{"path":"a.txt"}', { path: "a.txt" }],
		["a.txt", { input: "a.txt" }],
		[["a.txt"], { input: ["a.txt"] }],
		["", {}],
		[null, {}],
		[7, { input: 7 }],
	])("%j is sent as %j", (input, sent) => {
		const [, turn] = repaired([START, assistant(call("a", "read_file", input)), user(result("a"))])
		expect(turn?.content[0]).toMatchObject({ input: sent })
	})
})

describe("Images", () => {
	it.each([
		["image/jpg", JPEG, "image/jpeg"],
		["image/jpeg", PNG, "image/png"],
		["application/octet-stream", PNG, "image/png"],
	])("have the media type of their bytes: %s", (declared, data, sent) => {
		expect(repaired([user("See", image(declared, data))])).toEqual([user("See", image(sent, data))])
	})

	it.each([
		["image/tiff", "SUkqAAgAAAA=", 'An image of the kind "image/tiff" cannot be sent'],
		["image/png", "no base64!", "An image is not valid base64."],
		["image/png", "", "An image is not valid base64."],
		["image/jpeg", "SUkqAAgAAAA=", "An image says that it is JPEG, but its bytes are something else."],
	])("are rejected when no model accepts them: %s %s", (media_type, data, message) => {
		expect(() => repair([user(image(media_type, data))])).toThrow(message)
	})
})

it("The changes have codes and numbers", () => {
	const turns = [assistant("Hello"), user(" ", "a\uD83D"), user("b\uD83D")]
	expect(repair(turns).changes).toEqual([
		{ code: "blank-text-removed", params: { count: 1 } },
		{ code: "text-repaired", params: { count: 2 } },
		{ code: "turns-joined", params: { count: 1 } },
		{ code: "first-turn-added", params: { count: 1 } },
	])
})
