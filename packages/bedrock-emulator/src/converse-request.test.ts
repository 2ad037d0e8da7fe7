import { describe, expect, it } from "vitest"
import { CONVERSE_MEMBERS, inspectConverseBody, readConverseRequest } from "./converse-request"
import { AwsFailure } from "./failures"

const hello = [{ role: "user", content: [{ text: "Hello" }] }]

function refusal(body: unknown): string {
	try {
		readConverseRequest(typeof body === "string" ? body : JSON.stringify(body))
	} catch (error) {
		if (error instanceof AwsFailure) return `${error.name}: ${error.message}`
	}
	return "accepted"
}

describe("readConverseRequest", () => {
	it("accepts a body with every member that the Converse API defines", () => {
		const body = {
			messages: [
				...hello,
				{ role: "assistant", content: [{ toolUse: { toolUseId: "1", name: "look", input: { at: 1 } } }] },
				{ role: "user", content: [{ toolResult: { toolUseId: "1", content: [{ text: "ok" }] } }] },
			],
			system: [{ text: "Be kind" }, { cachePoint: { type: "default", ttl: "1h" } }],
			inferenceConfig: { maxTokens: 100, temperature: 0.5, topP: 1, stopSequences: ["."] },
			toolConfig: { tools: [{ toolSpec: { name: "look" } }], toolChoice: { auto: {} } },
			guardrailConfig: { guardrailIdentifier: "a", guardrailVersion: "1" },
			additionalModelRequestFields: { top_k: 3 },
			promptVariables: { name: { text: "x" } },
			additionalModelResponseFieldPaths: ["/a"],
			requestMetadata: { team: "a" },
			performanceConfig: { latency: "standard" },
			serviceTier: { type: "flex" },
			outputConfig: {},
		}

		expect(Object.keys(body).sort()).toEqual([...CONVERSE_MEMBERS].sort())
		expect(refusal(body)).toBe("accepted")
	})

	it.each([
		["is not JSON", "{", "SerializationException: The request body is not valid JSON."],
		["is not an object", [], "SerializationException: Unexpected value type in payload at ''"],
		[
			"has no messages",
			{},
			"ValidationException: 1 validation error detected: Value null at 'messages' failed to satisfy constraint: " +
				"Member must not be null",
		],
		[
			"has a message with an unknown role",
			{ messages: [{ role: "system", content: [{ text: "a" }] }] },
			"ValidationException: 1 validation error detected: Value at 'messages.1.member.role' failed to satisfy " +
				"constraint: Member must satisfy enum value set: [user, assistant]",
		],
		[
			"has a string instead of content blocks",
			{ messages: [{ role: "user", content: "Hello" }] },
			"SerializationException: Unexpected value type in payload at 'messages.1.member.content'",
		],
		[
			"has a string as serviceTier",
			{ messages: hello, serviceTier: "flex" },
			"SerializationException: Unexpected value type in payload at 'serviceTier'",
		],
		[
			"has a serviceTier without a type",
			{ messages: hello, serviceTier: {} },
			"ValidationException: 1 validation error detected: Value null at 'serviceTier.type' failed to satisfy " +
				"constraint: Member must not be null",
		],
		[
			"starts with an assistant message",
			{ messages: [{ role: "assistant", content: [{ text: "Hi" }] }] },
			"ValidationException: A conversation must start with a user message. Try again with a conversation that " +
				"starts with a user message.",
		],
		[
			"has a message with empty content",
			{ messages: [{ role: "user", content: [] }] },
			"ValidationException: The content field in the Message object at messages.0 is empty. Add a ContentBlock " +
				"object to the content field and try again.",
		],
		[
			"has a blank text block",
			{ messages: [{ role: "user", content: [{ text: " " }] }] },
			"ValidationException: The text field in the ContentBlock object at messages.0.content.0 is blank. Add " +
				"text to the text field, and try again.",
		],
	])("rejects a body that %s", (_, body, expected) => {
		expect(refusal(body)).toBe(expected)
	})

	it.each([
		["two members in one content block", [{ text: "a", cachePoint: { type: "default" } }]],
		["a content block of an unknown type", [{ poem: {} }]],
	])("rejects a body with %s", (_, content) => {
		expect(refusal({ messages: [{ role: "user", content }] })).toMatch(/^ValidationException: .*exactly one of/)
	})

	it("accepts members that AWS does not know, and inspectConverseBody reports their names", () => {
		const body = { messages: hello, service_tier: "flex", anthropic_beta: [] }

		expect(refusal(body)).toBe("accepted")
		expect(inspectConverseBody(JSON.stringify(body))).toEqual({
			requestedTier: null,
			unknownMembers: ["service_tier", "anthropic_beta"],
		})
	})
})
