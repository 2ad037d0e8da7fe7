import { describe, expect, it } from "vitest"
import { checkModelRules } from "./conversation-rules"
import { readConverseRequest } from "./converse-request"
import { AwsFailure } from "./failures"
import { EMULATED_MODELS } from "./models"

/** Each conversation that the emulator refuses, with the message. The sources are in docs/wire-contract.md. */

const SONNET_4_6 = "anthropic.claude-sonnet-4-6"
const HAIKU_4_5 = "anthropic.claude-haiku-4-5-20251001-v1:0"
const GPT_OSS = "openai.gpt-oss-120b-1:0"
const NOVA = "amazon.nova-2-lite-v1:0"
const KIMI = "moonshotai.kimi-k3"

function refusal(body: object, modelId: string = GPT_OSS): string {
	const model = EMULATED_MODELS.find(({ id }) => id === modelId)
	if (!model) throw new Error(`no such model: ${modelId}`)
	try {
		checkModelRules(readConverseRequest(JSON.stringify(body)), model)
		return "accepted"
	} catch (error) {
		if (error instanceof AwsFailure) return error.message
		throw error
	}
}

const toolConfig = { tools: [{ toolSpec: { name: "read_file" } }] }
const HELLO = { role: "user", content: [{ text: "Hello" }] }
const user = (...content: object[]) => ({ role: "user", content })
const assistant = (...content: object[]) => ({ role: "assistant", content })
const call = (toolUseId: string, name = "read_file", input: unknown = {}) => ({ toolUse: { toolUseId, name, input } })
const result = (toolUseId: string) => ({ toolResult: { toolUseId, content: [{ text: "ok" }] } })
const thought = { reasoningContent: { reasoningText: { text: "Hm.", signature: "c2ln" } } }
const unsigned = { reasoningContent: { reasoningText: { text: "Hm." } } }
const withSchema = (json: unknown) => ({
	messages: [HELLO],
	toolConfig: { tools: [{ toolSpec: { name: "read_file", inputSchema: { json } } }] },
})
const withTools = (...messages: object[]) => ({ messages: [HELLO, ...messages], toolConfig })
const THINKING = { additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1024 } } }
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"

describe("The emulator refuses, whatever the model is,", () => {
	it.each([
		["a blank system prompt", { messages: [HELLO], system: [{ text: " " }] }, "at system.0 is blank"],
		["two messages of one role", { messages: [HELLO, HELLO] }, "must alternate between user and assistant roles"],
		[
			"a reasoning block of the user",
			{ messages: [user(thought)] },
			"User messages cannot contain reasoning content",
		],
		[
			"an image of the assistant",
			withTools(assistant({ image: {} })),
			"image blocks are only allowed in user messages",
		],
		["a call of the user", { messages: [user(call("a"))], toolConfig }, "only allowed in assistant messages"],
		["a result of the assistant", withTools(assistant(result("a"))), "only allowed in user messages"],
		[
			"calls without toolConfig",
			{ messages: [HELLO, assistant(call("a")), user(result("a"))] },
			"toolConfig field must be",
		],
		[
			"a tool name with other characters",
			withTools(assistant(call("a", "read_file<|channel|>")), user(result("a"))),
			"Value 'read_file<|channel|>' at 'messages.2.member.content.1.member.toolUse.name' failed to satisfy " +
				"constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+",
		],
		[
			"a tool name of 65 characters",
			withTools(assistant(call("a", "r".repeat(65))), user(result("a"))),
			"equal to 64",
		],
		["a tool id with other characters", withTools(assistant(call("a|b")), user(result("a|b"))), "[a-zA-Z0-9_.:-]+"],
		[
			"an input that is a text",
			withTools(assistant(call("a", "read_file", "x")), user(result("a"))),
			"Provide a json object",
		],
		[
			"an input that is a list",
			withTools(assistant(call("a", "read_file", [])), user(result("a"))),
			"Provide a json object",
		],
		["a call without a result", withTools(assistant(call("a")), user({ text: "Hi" })), "for the following Ids: a"],
		["a call at the end", withTools(assistant(call("a"))), "Expected toolResult blocks at messages.2.content"],
		[
			"a result without a call",
			withTools(assistant({ text: "Hi" }), user(result("a"))),
			"exceeds the number of toolUse",
		],
		[
			"two results with one id",
			withTools(assistant(call("a")), user(result("a"), result("a"))),
			"duplicate Ids: a",
		],
		["two calls with one id", withTools(assistant(call("a"), call("a")), user(result("a"))), "duplicate Ids: a"],
		[
			"an id that is used again",
			withTools(assistant(call("a")), user(result("a")), assistant(call("a")), user(result("a"))),
			"`tool_use` ids must be unique",
		],
		[
			"a text before a result",
			withTools(assistant(call("a")), user({ text: "Hi" }, result("a"))),
			"`tool_use` ids were found without `tool_result` blocks immediately after: a",
		],
		[
			"the image format jpg",
			{ messages: [user({ image: { format: "jpg", source: { bytes: PNG } } })] },
			"[gif, jpeg, png, webp]",
		],
		[
			"an image of another format",
			{ messages: [user({ image: { format: "jpeg", source: { bytes: PNG } } })] },
			"specified using the image/jpeg media type, but the image appears to be a image/png image",
		],
		["half of a surrogate pair", { messages: [user({ text: "a\uD83D" })] }, "no low surrogate in string"],
		["a schema that is not an object", withSchema({ type: "array" }), "must be one of the following: object"],
		["a schema that is null", withSchema(null), "must be one of the following: object"],
	])("%s", (_, body, message) => {
		expect(refusal(body)).toContain(message)
	})
})

describe("The emulator refuses for one family only", () => {
	const deep = Array.from({ length: 10 }).reduce<object>((inner) => ({ type: "object", properties: { inner } }), {
		type: "string",
	})

	it.each([
		["a conversation that ends with the assistant", withTools(assistant({ text: "Hi" })), SONNET_4_6, "prefill"],
		[
			"white space at its end",
			withTools(assistant({ text: "Hi " })),
			HAIKU_4_5,
			"cannot end with trailing whitespace",
		],
		[
			"an unsigned thought",
			withTools(assistant(unsigned, { text: "Hi" }), HELLO),
			SONNET_4_6,
			"signature: Field required",
		],
		[
			"a message that ends with a thought",
			withTools(assistant(thought), HELLO),
			SONNET_4_6,
			"cannot be `thinking`",
		],
		["an id with a dot", withTools(assistant(call("a.b")), user(result("a.b"))), SONNET_4_6, "'^[a-zA-Z0-9_-]+$'"],
		["anyOf at a schema's root", withSchema({ type: "object", anyOf: [] }), SONNET_4_6, "anyOf at the top level"],
		["$defs in a schema", withSchema({ type: "object", $defs: {} }), NOVA, "extraneous key [$defs]"],
		[
			"$ref in a schema",
			withSchema({ type: "object", properties: { a: { $ref: "#" } } }),
			NOVA,
			"extraneous key [$ref]",
		],
		["a schema of 11 levels", withSchema(deep), KIMI, "depth exceeds maximum limit of 10"],
	])("%s", (_, body, modelId, message) => {
		expect(refusal(body, modelId)).toContain(message)
		expect(refusal(body)).toBe("accepted")
	})

	it("an open tool loop without a thought, with a thinking budget", () => {
		const loop = [assistant(call("a")), user(result("a"))]
		const message = "a final `assistant` message must start with a thinking block"
		expect(refusal({ ...withTools(...loop), ...THINKING }, HAIKU_4_5)).toContain(message)
		expect(refusal(withTools(...loop), HAIKU_4_5)).toBe("accepted")
		expect(
			refusal(
				{ ...withTools(assistant(thought, call("b")), user(result("b")), ...loop), ...THINKING },
				HAIKU_4_5,
			),
		).toBe("accepted")
		expect(
			refusal({ ...withTools(assistant(call("b")), user(result("b")), HELLO), ...THINKING }, HAIKU_4_5),
		).toContain("must alternate")
	})
})

describe("The emulator accepts", () => {
	it("parallel results in any order, ids of Kimi, and a final assistant message of an older Claude", () => {
		const parallel = withTools(assistant(call("a"), call("f.read:0")), user(result("f.read:0"), result("a")))
		expect(refusal(parallel)).toBe("accepted")
		expect(refusal(withTools(assistant({ text: "Hi" })), HAIKU_4_5)).toBe("accepted")
	})
})
