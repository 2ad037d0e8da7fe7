import fc from "fast-check"
import type { ChatTurn, TurnBlock } from "../../../../provider-contract"
import type { Conversation } from "../repair-conversation"

/** Histories with any blocks in any order. */

export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
const JPEG = "/9j/4AAQSkZJRgABAQ=="
export const READ_FILE = { type: "function", function: { name: "read_file" } } as const

const text = fc.oneof(
	fc.constantFrom("", " \n", "Yes. ", "A\uD83D", "\uDE00 b", "Read it"),
	fc.string({ unit: "binary" }),
	fc.string({ unit: "grapheme" }),
)
const id = fc.oneof(
	fc.constantFrom("a", "a", "b", "c", "a_2", "functions.read_file:0", "call|1", "", "x".repeat(70)),
	fc.string(),
)
const name = fc.constantFrom(
	"read_file",
	"read_file",
	"read_file<|channel|>commentary",
	"a.b",
	"a/b",
	"",
	"n".repeat(65),
)
const image = fc
	.constantFrom("image/png", "image/jpg", "image/jpeg")
	.chain((media_type) =>
		fc
			.constantFrom(PNG, JPEG)
			.map((data) => ({ type: "image", source: { type: "base64", media_type, data } }) as const),
	)
const block: fc.Arbitrary<TurnBlock> = fc.oneof(
	text.map((value) => ({ type: "text", text: value })),
	image,
	fc.record({
		type: fc.constant("thinking"),
		thinking: text,
		signature: fc.constantFrom("", "c2ln"),
	}),
	fc.constantFrom("", "AAEC").map((data) => ({ type: "redacted_thinking", data })),
	fc.record({
		type: fc.constant("tool_use"),
		id,
		name,
		input: fc.oneof(
			fc.dictionary(fc.string(), fc.jsonValue()),
			fc.jsonValue(),
			fc.constantFrom('{"path":"a"}', undefined),
		),
	}),
	fc.record(
		{
			type: fc.constant("tool_result"),
			tool_use_id: id,
			content: fc.oneof(
				text,
				fc.array(
					fc.oneof(
						text.map((value) => ({ type: "text", text: value }) as const),
						image,
					),
					{ maxLength: 3 },
				),
			),
			is_error: fc.boolean(),
		},
		{ requiredKeys: ["type", "tool_use_id"] },
	),
)
const turn: fc.Arbitrary<ChatTurn> = fc.record({
	role: fc.constantFrom("user", "assistant"),
	content: fc.oneof({ weight: 1, arbitrary: text }, { weight: 3, arbitrary: fc.array(block, { maxLength: 5 }) }),
})
export const conversation: fc.Arbitrary<Conversation> = fc.record({
	systemPrompt: text,
	turns: fc.array(turn, { maxLength: 10 }),
	tools: fc.constantFrom([], [READ_FILE]),
	thinks: fc.boolean(),
})
