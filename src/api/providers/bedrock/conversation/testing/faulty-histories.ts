import type { ConversationChangeCode, RequestMetadata, ToolDefinition, TurnBlock } from "../../../../provider-contract"
import type { ChatTurn } from "../../../../provider-contract"
import type { InferenceOptions } from "../../handler-options"

/** A history that Bedrock refuses as it is, and the changes that make it valid. */
export type FaultyHistory = {
	readonly fault: string
	readonly turns: readonly ChatTurn[]
	readonly changes: readonly ConversationChangeCode[]
	/** All model families when absent. */
	readonly models?: readonly string[]
	readonly systemPrompt?: string
	readonly metadata?: RequestMetadata
	readonly options?: InferenceOptions
}

export const SONNET_4_6 = "anthropic.claude-sonnet-4-6"
export const HAIKU_4_5 = "anthropic.claude-haiku-4-5-20251001-v1:0"
export const NOVA_2 = "amazon.nova-2-lite-v1:0"
export const GPT_OSS = "openai.gpt-oss-120b-1:0"
export const KIMI_K3 = "moonshotai.kimi-k3"
export const QWEN3_VL = "qwen.qwen3-vl-235b-a22b"
export const FAMILIES = [SONNET_4_6, NOVA_2, GPT_OSS] as const
/** Families that accept images; the third one not in tool results. */
const IMAGE_FAMILIES = [SONNET_4_6, NOVA_2, QWEN3_VL] as const

export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
export const JPEG = "/9j/4AAQSkZJRgABAQEASABIAAD/2Q=="

export const user = (...content: (string | TurnBlock)[]): ChatTurn => ({ role: "user", content: blocks(content) })
export const assistant = (...content: (string | TurnBlock)[]): ChatTurn => ({
	role: "assistant",
	content: blocks(content),
})
const blocks = (content: readonly (string | TurnBlock)[]): TurnBlock[] =>
	content.map((block) => (typeof block === "string" ? text(block) : block))
const text = (value: string): TurnBlock => ({ type: "text", text: value })
export const thought = (signature: string): TurnBlock => ({ type: "thinking", thinking: "Let me see.", signature })
export const image = (media_type: string, data: string) =>
	({ type: "image", source: { type: "base64", media_type, data } }) as const
export const call = (id: string, name = "read_file", input: unknown = { path: "a.txt" }): TurnBlock => ({
	type: "tool_use",
	id,
	name,
	input,
})
export const result = (id: string, content: unknown = "1| a"): TurnBlock =>
	({ type: "tool_result", tool_use_id: id, content }) as TurnBlock

export function tool(parameters?: Readonly<Record<string, unknown>> | null): ToolDefinition {
	return { type: "function", function: { name: "read_file", ...(parameters === undefined ? {} : { parameters }) } }
}
const TOOLS = { tools: [tool({ type: "object", properties: { path: { type: "string" } } })] }
const withTool = (parameters: Readonly<Record<string, unknown>> | null) => ({ tools: [tool(parameters)] })

export const START = user("Read it")

export const FAULTY_HISTORIES: readonly FaultyHistory[] = [
	...["read_file<|channel|>commentary", "functions.read_file", "read file", "r".repeat(65)].map((name) => ({
		fault: `a call of the tool "${name}"`,
		turns: [START, assistant(call("a", name)), user(result("a"))],
		changes: ["tool-name-replaced"] as const,
		metadata: TOOLS,
	})),
	{
		fault: "an id with other characters",
		turns: [START, assistant(call("call|1")), user(result("call|1"))],
		changes: ["tool-id-replaced"],
		metadata: TOOLS,
	},
	{
		fault: "an id of Kimi for Claude",
		turns: [START, assistant(call("functions.read_file:0")), user(result("functions.read_file:0"))],
		changes: ["tool-id-replaced"],
		metadata: TOOLS,
		models: [SONNET_4_6, HAIKU_4_5],
	},
	{
		fault: "a result without a call",
		turns: [user(result("a"), "Go on")],
		changes: ["result-sent-as-text"],
		metadata: TOOLS,
	},
	{
		fault: "more results than calls",
		turns: [START, assistant(call("a")), user(result("a"), result("a", "other"))],
		changes: ["result-sent-as-text"],
		metadata: TOOLS,
	},
	{
		fault: "a result twice",
		turns: [START, assistant(call("a")), user(result("a"), result("a"))],
		changes: ["repeated-result-removed"],
		metadata: TOOLS,
	},
	{
		fault: "an id twice in one turn",
		turns: [START, assistant(call("a"), call("a")), user(result("a"), result("a", "other"))],
		changes: ["duplicate-id-replaced"],
		metadata: TOOLS,
	},
	{
		fault: "an id twice in two turns",
		turns: [START, assistant(call("a")), user(result("a")), assistant(call("a")), user(result("a", "other"))],
		changes: ["duplicate-id-replaced"],
		metadata: TOOLS,
	},
	{
		fault: "a call without a result",
		turns: [START, assistant(call("a"), call("b")), user(result("b"), "And now?")],
		changes: ["result-added"],
		metadata: TOOLS,
	},
	{
		fault: "a call at the end",
		turns: [START, assistant("I look.", call("a"))],
		changes: ["result-added"],
		metadata: TOOLS,
	},
	{
		fault: "a result after another text",
		turns: [START, assistant(call("a")), user("Wait", result("a"))],
		changes: ["result-moved"],
		metadata: TOOLS,
	},
	{
		fault: "a result in a later turn",
		turns: [START, assistant(call("a")), user("Wait"), assistant("Yes"), user(result("a"))],
		changes: ["result-moved", "last-turn-added"],
		metadata: TOOLS,
	},
	{
		fault: "a call of the user",
		turns: [user("Read it", call("a"))],
		changes: ["call-sent-as-text"],
		metadata: TOOLS,
	},
	{
		fault: "a call and its result without tools",
		turns: [START, assistant(call("a")), user(result("a"))],
		changes: ["call-sent-as-text", "result-sent-as-text"],
	},
	{ fault: "the assistant first", turns: [assistant("Hello"), START], changes: ["first-turn-added"] },
	{
		fault: "two turns of one role",
		turns: [START, assistant("a"), assistant("b"), user("c"), user("d")],
		changes: ["turns-joined"],
	},
	{
		fault: "the assistant last, with white space at the end",
		turns: [START, assistant("I will ")],
		changes: ["last-turn-added"],
		models: [...FAMILIES, HAIKU_4_5],
	},
	{
		fault: "a blank text",
		turns: [user("Read it", " \n"), assistant("Yes", ""), user("Why?")],
		changes: ["blank-text-removed"],
	},
	{
		fault: "an empty turn",
		turns: [START, { role: "assistant", content: [] }, user("Are you there?")],
		changes: ["turns-joined"],
	},
	{
		fault: "a blank turn",
		turns: [START, { role: "assistant", content: " " }, user("Are you there?")],
		changes: ["blank-text-removed", "turns-joined"],
	},
	{ fault: "a blank system prompt", systemPrompt: " \n", turns: [START], changes: ["blank-text-removed"] },
	{
		fault: "a turn with only a thought",
		turns: [START, assistant(thought("c2ln")), user("Well?")],
		changes: ["thought-removed"],
	},
	...["a string", ["a", "list"]].map((input) => ({
		fault: `the tool input ${JSON.stringify(input)}`,
		turns: [START, assistant(call("a", "read_file", input)), user(result("a"))],
		changes: ["tool-input-wrapped"] as const,
		metadata: TOOLS,
	})),
	{
		fault: "a thought without a signature",
		turns: [START, assistant(thought(""), "Yes"), user("Why?")],
		changes: ["thought-removed"],
	},
	{
		fault: "the media type image/jpg",
		turns: [user("See", image("image/jpg", JPEG))],
		models: IMAGE_FAMILIES,
		changes: ["image-type-corrected"],
	},
	{
		fault: "a media type that differs from the bytes",
		turns: [user("See", image("image/jpeg", PNG))],
		models: IMAGE_FAMILIES,
		changes: ["image-type-corrected"],
	},
	{
		fault: "an image of the assistant",
		turns: [START, assistant("Here", image("image/png", PNG)), user("Thanks")],
		models: IMAGE_FAMILIES,
		changes: ["image-moved"],
	},
	{
		fault: "halves of surrogate pairs",
		systemPrompt: "Be brief \uD83D",
		turns: [
			user("Read \uDE00 it"),
			assistant("Yes \uD83D", call("a", "read_file", { "a\uD83D": ["\uD83D"] })),
			user(result("a", "1| \uD83D")),
		],
		changes: ["text-repaired"],
		metadata: TOOLS,
	},
	{
		fault: "an open tool loop without a thought, with a thinking budget",
		turns: [START, assistant(call("a")), user(result("a"))],
		changes: ["thinking-left-out"],
		metadata: TOOLS,
		models: [HAIKU_4_5],
		options: { reasoning: "low" },
	},
	...["anyOf", "oneOf", "allOf"].map((union) => ({
		fault: `a tool with ${union} at the root`,
		turns: [START],
		changes: ["schema-root-simplified"] as const,
		metadata: withTool({ type: "object", [union]: [{ properties: { path: { type: "string" } } }] }),
		models: [SONNET_4_6],
	})),
	{
		fault: "a tool with $defs",
		turns: [START],
		changes: ["schema-references-resolved"],
		metadata: withTool({
			type: "object",
			properties: { path: { $ref: "#/$defs/Path" } },
			$defs: { Path: { type: "string" } },
		}),
		models: [NOVA_2],
	},
	{
		fault: "a tool with more than 10 levels",
		turns: [START],
		changes: ["schema-depth-limited"],
		metadata: withTool(
			Array.from({ length: 11 }).reduce<Record<string, unknown>>(
				(inner) => ({ type: "object", properties: { inner } }),
				{ type: "string" },
			),
		),
		models: [KIMI_K3],
	},
	{
		fault: "a tool with the parameters null",
		turns: [START],
		changes: [],
		metadata: withTool(null),
	},
	{
		fault: "a tool with the root types object and null",
		turns: [START],
		changes: [],
		metadata: withTool({ type: ["object", "null"], properties: {} }),
	},
]
