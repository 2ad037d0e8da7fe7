import type { ChatEntry, ToWebview } from "@bedrock-tiers/protocol"

type Message<Type extends ToWebview["type"]> = Extract<ToWebview, { type: Type }>

export type HistoryList = Omit<Message<"history">, "type">
export type HistorySearch = Omit<Message<"history-found">, "type">

export type HistoryState = {
	/** Null until it came. */
	readonly list: HistoryList | null
	/** What stands in the field: titles are looked through at once, texts when it is asked for. */
	readonly query: string
	/** Of the texts, by the query as it stands; null = not asked for. */
	readonly search: HistorySearch | null
}

export const NO_HISTORY: HistoryState = { list: null, query: "", search: null }

export function applyHistory(state: HistoryState, { type: _type, ...list }: Message<"history">): HistoryState {
	return { ...state, list }
}

/** What an earlier search found is late. */
export function applyFound(state: HistoryState, { type: _type, ...found }: Message<"history-found">): HistoryState {
	return state.search?.searchId === found.searchId ? { ...state, search: found } : state
}

/** What was found was found by another query. */
export function withQuery(state: HistoryState, query: string): HistoryState {
	return query === state.query ? state : { ...state, query, search: null }
}

export function startedSearch(state: HistoryState, searchId: string): HistoryState {
	const total = state.list?.chats.length ?? 0
	return { ...state, search: { searchId, hits: [], searched: 0, total, status: "running" } }
}

export type ShownChat = ChatEntry & {
	/** Where the query stands in its texts; null = in its title, or there is no query. */
	readonly excerpt: string | null
}

/** The chats that the query leaves, in the order of the list. */
export function shownChats({ list, query, search }: HistoryState): ShownChat[] {
	const wanted = query.trim().toLowerCase()
	const excerpts = new Map(search?.hits.map(({ chatId, excerpt }) => [chatId, excerpt]))
	return (list?.chats ?? []).flatMap((chat) => {
		const isInTitle = chat.title?.toLowerCase().includes(wanted) ?? wanted === ""
		const excerpt = excerpts.get(chat.id)
		return isInTitle || excerpt !== undefined ? [{ ...chat, excerpt: isInTitle ? null : (excerpt ?? null) }] : []
	})
}
