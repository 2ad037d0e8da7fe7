import { createHash } from "node:crypto"

/** Valid ids of a tool use. Source: Converse API, ToolUseBlock.toolUseId (pattern, 1 to 64 characters). */
const VALID = /^[a-zA-Z0-9_-]{1,64}$/

/**
 * Returns an id that Bedrock accepts: unchanged if it is valid, otherwise built from its valid characters and a digest,
 * so that two ids stay distinct and a call and its result keep the same id. Hosts store ids of other providers in their
 * histories.
 */
export function validToolId(id: string): string {
	if (VALID.test(id)) return id
	const digest = createHash("sha256").update(id).digest("hex").slice(0, 12)
	return `${id.replace(/[^a-zA-Z0-9_-]/g, "_").slice(0, 50)}_${digest}`
}
