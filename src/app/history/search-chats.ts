import { answerText, type ChatEntry, type HistoryHit } from "@bedrock-tiers/protocol"
import { readChatText, type ChatRecord, type ChatStore } from "../storage/chat-store"
import { titleOf } from "./chat-entry"

/** Characters of an excerpt before and after the match. */
const CONTEXT_CHARACTERS = 60

export type SearchProgress = { readonly hits: readonly HistoryHit[]; readonly searched: number }

/**
 * Searches titles and messages of chats, ignoring case, in the order of the list. Reasoning and tool results are not
 * searched.
 * @param onProgress called after each chat
 * @throws the signal's reason when it is aborted
 */
export async function searchChats(
	store: Pick<ChatStore, "text">,
	chats: readonly ChatEntry[],
	query: string,
	{ signal, onProgress }: { signal: AbortSignal; onProgress: (progress: SearchProgress) => void },
): Promise<readonly HistoryHit[]> {
	const hits: HistoryHit[] = []
	const needle = query.toLowerCase()
	// The query as it appears in a JSON file, where quotes and line breaks are escaped.
	const escapedNeedle = JSON.stringify(needle).slice(1, -1)
	for (const [index, { id }] of chats.entries()) {
		signal.throwIfAborted()
		const text = await store.text(id)
		// Most files are excluded by their raw text, which is faster than parsing them.
		const chat = text?.toLowerCase().includes(escapedNeedle) ? readChatText(id, text) : undefined
		const excerpt = chat && excerptOf(chat, needle)
		if (excerpt !== undefined) hits.push({ chatId: id, excerpt })
		onProgress({ hits, searched: index + 1 })
	}
	return hits
}

function excerptOf(chat: ChatRecord, needle: string): string | undefined {
	const texts = [
		titleOf(chat) ?? "",
		...chat.messages.map((message) => (message.role === "user" ? message.text : answerText(message.parts))),
	]
	for (const text of texts) {
		const at = text.toLowerCase().indexOf(needle)
		if (at >= 0) return cut(text, at, at + needle.length)
	}
	return undefined
}

function cut(text: string, from: number, to: number): string {
	const [start, end] = [Math.max(0, from - CONTEXT_CHARACTERS), Math.min(text.length, to + CONTEXT_CHARACTERS)]
	const excerpt = text.slice(start, end).replace(/\s+/g, " ").trim()
	return `${start > 0 ? "…" : ""}${excerpt}${end < text.length ? "…" : ""}`
}
