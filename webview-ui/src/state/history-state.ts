import type { ChatEntry } from "@bedrock-tiers/protocol"
import type { HostMessage } from "../transport"

export type HistoryState = {
	/** `null` until the host has sent it. */
	readonly list: Omit<HostMessage<"history">, "type"> | null
	/** Content of the search field. Titles are searched while the user types, texts on request. */
	readonly query: string
	/** Search in the texts for the current query; `null` when it was not started. */
	readonly search: Omit<HostMessage<"history-found">, "type"> | null
}

export const NO_HISTORY: HistoryState = { list: null, query: "", search: null }

/** Ignores the results of an earlier search. */
export function applyFound(state: HistoryState, { type: _type, ...found }: HostMessage<"history-found">): HistoryState {
	return state.search?.searchId === found.searchId ? { ...state, search: found } : state
}

/** A changed query discards the results of the previous one. */
export function withQuery(state: HistoryState, query: string): HistoryState {
	return query === state.query ? state : { ...state, query, search: null }
}

export function startedSearch(state: HistoryState, searchId: string): HistoryState {
	const total = state.list?.chats.length ?? 0
	return { ...state, search: { searchId, hits: [], searched: 0, total, status: "running" } }
}

export type ShownChat = ChatEntry & {
	/** Text around the match; `null` when the title matches or there is no query. */
	readonly excerpt: string | null
}

/** The chats that match the query, in the order of the list. */
export function shownChats({ list, query, search }: HistoryState): ShownChat[] {
	const lowerCaseQuery = query.trim().toLowerCase()
	const excerpts = new Map(search?.hits.map(({ chatId, excerpt }) => [chatId, excerpt]))
	return (list?.chats ?? []).flatMap((chat) => {
		const isInTitle = chat.title?.toLowerCase().includes(lowerCaseQuery) ?? lowerCaseQuery === ""
		const excerpt = excerpts.get(chat.id)
		return isInTitle || excerpt !== undefined ? [{ ...chat, excerpt: isInTitle ? null : (excerpt ?? null) }] : []
	})
}
