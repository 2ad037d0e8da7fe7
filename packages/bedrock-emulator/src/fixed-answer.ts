import { randomUUID } from "node:crypto"
import type { ConverseRequest } from "./converse-shape"

/** An answer that a test defines. */
export type FixedAnswer = {
	/** Sent before the tool use, if there is one. Empty: the answer has no text block. */
	text: string
	/** Sent only when the request offers a tool of that name, as a real model would do. */
	toolUse?: { name: string; input: object }
}

/**
 * `toolUse` as Bedrock sends it. `streamedInput` replaces the JSON of the input in a stream: text that is no JSON, which a
 * response without streaming cannot contain.
 */
export type ToolUse = { toolUseId: string; name: string; input: object; streamedInput?: string }

/** The text of a tool use's input in a stream. */
export function streamedInputOf({ input, streamedInput }: ToolUse): string {
	return streamedInput ?? JSON.stringify(input)
}

/** The tool use of this answer; `null` when it defines none or the request does not offer the tool. */
export function fixedToolUse(answer: FixedAnswer | null, request: ConverseRequest): ToolUse | null {
	const fixed = answer?.toolUse
	return fixed !== undefined && offeredTools(request).includes(fixed.name)
		? createToolUse(fixed.name, fixed.input)
		: null
}

/** Inputs for the usual tools of an editor; every other tool is called with an empty input. */
const TOOL_INPUTS: Readonly<Record<string, object>> = {
	list_files: { path: "." },
	read_file: { path: "README.md" },
	search_text: { pattern: "tier" },
}

/**
 * The next offered tool: its index is the number of tool results since the last user message with text. `null` when
 * every offered tool has been called.
 */
export function nextToolUse(request: ConverseRequest): ToolUse | null {
	const { messages } = request
	const lastPromptIndex = messages.findLastIndex(
		({ role, content }) => role === "user" && content.some(({ text }) => text !== undefined),
	)
	const results = messages
		.slice(lastPromptIndex)
		.flatMap(({ content }) => content.filter((block) => block.toolResult))
	const name = offeredTools(request)[results.length]
	return name === undefined ? null : createToolUse(name, TOOL_INPUTS[name] ?? {})
}

export type ToolInputKind = "valid" | "cut-off" | "not-json"

const BROKEN_INPUTS = {
	"cut-off": '{"path":"src/app.ts","content":"export cons',
	"not-json": "path: src/app.ts",
} as const

/** A use of the first offered tool; `null` when none is offered. */
export function firstToolUse(kind: ToolInputKind, request: ConverseRequest): ToolUse | null {
	const [name] = offeredTools(request)
	if (name === undefined) return null
	const toolUse = createToolUse(name, TOOL_INPUTS[name] ?? {})
	return kind === "valid" ? toolUse : { ...toolUse, input: {}, streamedInput: BROKEN_INPUTS[kind] }
}

function offeredTools({ toolConfig }: ConverseRequest): string[] {
	return (toolConfig?.tools ?? []).flatMap(({ toolSpec }) =>
		typeof toolSpec?.name === "string" ? [toolSpec.name] : [],
	)
}

function createToolUse(name: string, input: object): ToolUse {
	return { toolUseId: `tooluse_${randomUUID().replaceAll("-", "").slice(0, 22)}`, name, input }
}
