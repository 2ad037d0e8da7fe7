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
export function toolUseOf(answer: FixedAnswer | null, { toolConfig }: ConverseRequest): ToolUse | null {
	const wanted = answer?.toolUse
	const offered = toolConfig?.tools.some(({ toolSpec }) => wanted !== undefined && toolSpec?.name === wanted.name)
	if (wanted === undefined || !offered) return null
	return { toolUseId: `tooluse_${randomUUID().replaceAll("-", "").slice(0, 22)}`, ...wanted }
}
