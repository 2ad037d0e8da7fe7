import { answerText, type ChatEntry, type HistoryHit } from "@bedrock-tiers/protocol"
import { readChatText, type ChatRecord, type ChatStore } from "../storage/chat-store"
import { titleOf } from "./chat-entry"

/** Of an excerpt, on each side of what was found. */
const AROUND = 60

export type SearchProgress = { readonly hits: readonly HistoryHit[]; readonly searched: number }

/**
 * Looks for words in the titles and texts of chats, whatever their case, in the order of the list. Thoughts and what tools
 * answered are not searched.
 * @param onProgress after each chat
 * @throws the signal's reason when it is aborted
 */
export async function searchChats(
	store: Pick<ChatStore, "text">,
	chats: readonly ChatEntry[],
	query: string,
	{ signal, onProgress }: { signal: AbortSignal; onProgress: (progress: SearchProgress) => void },
): Promise<readonly HistoryHit[]> {
	const hits: HistoryHit[] = []
	const wanted = query.toLowerCase()
	// As it stands in a file, where quotes and line ends are written in two characters.
	const inFile = JSON.stringify(wanted).slice(1, -1)
	for (const [index, { id }] of chats.entries()) {
		signal.throwIfAborted()
		const text = await store.text(id)
		// Most files are told by their text alone, which is quicker than to read what they say.
		const chat = text?.toLowerCase().includes(inFile) ? readChatText(id, text) : undefined
		const excerpt = chat && excerptOf(chat, wanted)
		if (excerpt !== undefined) hits.push({ chatId: id, excerpt })
		onProgress({ hits, searched: index + 1 })
	}
	return hits
}

function excerptOf(chat: ChatRecord, wanted: string): string | undefined {
	const texts = [
		titleOf(chat) ?? "",
		...chat.messages.map((message) => (message.role === "user" ? message.text : answerText(message.parts))),
	]
	for (const text of texts) {
		const at = text.toLowerCase().indexOf(wanted)
		if (at >= 0) return cut(text, at, at + wanted.length)
	}
	return undefined
}

function cut(text: string, from: number, to: number): string {
	const [start, end] = [Math.max(0, from - AROUND), Math.min(text.length, to + AROUND)]
	const words = text.slice(start, end).replace(/\s+/g, " ").trim()
	return `${start > 0 ? "…" : ""}${words}${end < text.length ? "…" : ""}`
}
