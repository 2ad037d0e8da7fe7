import { createHash } from "node:crypto"

/** What Bedrock takes as a tool use's id. Source: Converse API, ToolUseBlock.toolUseId (pattern, 1 to 64 characters). */
const VALID = /^[a-zA-Z0-9_-]{1,64}$/

/**
 * The id as Bedrock takes it: as it is where it can be, else made of its letters and a digest, so that two ids stay two
 * and a call and its result keep the same one. Hosts keep ids of other providers in their histories.
 */
export function validToolId(id: string): string {
	if (VALID.test(id)) return id
	const digest = createHash("sha256").update(id).digest("hex").slice(0, 12)
	return `${id.replace(/[^a-zA-Z0-9_-]/g, "_").slice(0, 50)}_${digest}`
}
