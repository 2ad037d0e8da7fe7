import type { ChatMessage } from "@bedrock-tiers/protocol"
import type { ChatTurn } from "../api"

export const SYSTEM_PROMPT =
	"You are a helpful assistant inside Visual Studio Code. Answer briefly and to the point, in Markdown."

/**
 * The turns that Bedrock is given. It wants user and assistant to alternate and no empty text, so answers without text
 * (stopped or failed before the first word) are left out, and what then stands side by side is joined.
 */
export function toTurns(messages: readonly ChatMessage[]): ChatTurn[] {
	const turns: { role: "user" | "assistant"; content: { type: "text"; text: string }[] }[] = []
	for (const { role, text } of messages) {
		if (text.trim() === "") continue
		const last = turns.at(-1)
		if (last?.role === role) last.content.push({ type: "text", text })
		else turns.push({ role, content: [{ type: "text", text }] })
	}
	return turns
}
