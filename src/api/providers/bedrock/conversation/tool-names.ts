import { createHash } from "node:crypto"

/** Valid names of a tool. Source: Converse API, ToolSpecification.name and ToolUseBlock.name. */
export const VALID_TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/

/**
 * Returns a function that makes the name of a tool in the history valid. Models invent names like
 * `read_file<|channel|>commentary` or `functions.read_file`: if a part of the name is an offered tool, that tool is
 * meant. Any other name keeps its valid characters and gets a digest, so that two names stay distinct.
 */
export function toolNameRepair(offered: readonly string[]): (name: string) => string {
	const offeredNames = new Set(offered)
	return (name) => {
		if (VALID_TOOL_NAME.test(name)) return name
		const parts = name.match(/[a-zA-Z0-9_-]+/g) ?? []
		return parts.find((part) => offeredNames.has(part)) ?? withDigest(name)
	}
}

/**
 * Returns an id that matches the pattern: unchanged if it does, otherwise built from its valid characters and a digest,
 * so that two ids stay distinct and a call and its result keep the same id. Hosts store ids of other providers in their
 * histories.
 */
export function validToolId(id: string, pattern: RegExp): string {
	return pattern.test(id) ? id : withDigest(id)
}

/** At most 63 letters, digits, `_` and `-`. */
function withDigest(text: string): string {
	const digest = createHash("sha256").update(text).digest("hex").slice(0, 12)
	return `${text.replace(/[^a-zA-Z0-9_-]/g, "_").slice(0, 50)}_${digest}`
}

/** Returns the id, or another one when it is in use. */
export function unusedId(id: string, used: ReadonlySet<string>): string {
	if (!used.has(id)) return id
	for (let number = 2; ; number++) {
		const next = `${id.slice(0, 56)}_${number}`
		if (!used.has(next)) return next
	}
}
