import { randomUUID } from "node:crypto"
import type { ConverseRequest } from "./converse-request"

/** An answer that a test fixes. */
export type FixedAnswer = {
	/** Comes before the tool use, and alone where there is none. Empty: no text at all. */
	text: string
	/** Happens where the request offers a tool of that name, as with a real model; left out otherwise. */
	toolUse?: { name: string; input: object }
}

/** `toolUse` as Bedrock sends it. */
export type ToolUse = { toolUseId: string; name: string; input: object }

/** The tool use of this answer; null where the test fixed none or the request does not offer the tool. */
export function toolUseOf(answer: FixedAnswer | null, request: ConverseRequest): ToolUse | null {
	const wanted = answer?.toolUse
	return wanted !== undefined && offeredTools(request).includes(wanted.name)
		? called(wanted.name, wanted.input)
		: null
}

/** What to call the usual tools of an editor with; any other is called without arguments. */
const INPUTS: Readonly<Record<string, object>> = {
	list_files: { path: "." },
	read_file: { path: "README.md" },
	search_text: { pattern: "tier" },
}

/** The offered tool whose turn it is: one for each result since the person's last words. Null when all had theirs. */
export function nextToolUse(request: ConverseRequest): ToolUse | null {
	const { messages } = request
	const asked = messages.findLastIndex(
		({ role, content }) => role === "user" && content.some(({ text }) => text !== undefined),
	)
	const results = messages.slice(asked).flatMap(({ content }) => content.filter((block) => block.toolResult))
	const name = offeredTools(request)[results.length]
	return name === undefined ? null : called(name, INPUTS[name] ?? {})
}

function offeredTools({ toolConfig }: ConverseRequest): string[] {
	return (toolConfig?.tools ?? []).flatMap(({ toolSpec }) =>
		typeof toolSpec?.name === "string" ? [toolSpec.name] : [],
	)
}

function called(name: string, input: object): ToolUse {
	return { toolUseId: `tooluse_${randomUUID().replaceAll("-", "").slice(0, 22)}`, name, input }
}
