import type { ChatEntry } from "@bedrock-tiers/protocol"
import { historyEntry } from "@bedrock-tiers/test-kit/samples/view-state"
import { LONG_NAME, LONG_WORD, pageScene, type Scene, type Scenes } from "./scene"

const history = (chats: ChatEntry[], next: Scene = () => {}): Scene =>
	pageScene("history", {}, (port, store) => {
		port.say({ type: "history", chats, damaged: 0, folder: "/home/me/chats", openChatId: historyEntry(1).id })
		return next(port, store)
	})

const sea = [historyEntry(0), historyEntry(1, { title: "The sea" }), historyEntry(2, { title: "The land" })]

export const HISTORY_SCENES: Scenes = {
	"history-loading": pageScene("history"),
	"history-empty": history([]),
	history: history([
		historyEntry(0, { title: "Why is the sky blue?" }),
		historyEntry(1, { title: "Rename the rooms", tiers: ["flex", "default"], requests: 12, knownUsd: 0.0842 }),
		historyEntry(2, {
			title: "A title that is long enough to need a second line in a narrow side bar",
			unpricedRequests: 2,
			estimatedRequests: 0,
		}),
		historyEntry(3, { title: "<b>Markup</b> is text", knownUsd: 0, unpricedRequests: 1, estimatedRequests: 0 }),
		historyEntry(4, { title: null, requests: 0, models: [], tiers: [], knownUsd: 0 }),
	]),
	"history-long": history([
		historyEntry(0, { title: LONG_NAME, models: [LONG_WORD] }),
		historyEntry(1, { title: LONG_WORD }),
	]),
	"history-many": history(
		Array.from({ length: 250 }, (_, index) => historyEntry(index, { title: `Chat ${index + 1}` })),
	),
	"history-damaged": history(sea, (port) =>
		port.say({ type: "history", chats: sea, damaged: 2, folder: `/home/me/${LONG_WORD}`, openChatId: "" }),
	),
	"history-found": history(sea, (port, store) => {
		store.typeHistoryQuery("sky")
		store.searchHistory()
		const hits = [{ chatId: historyEntry(1).id, excerpt: "…is the colour of the sky above it, more than of…" }]
		port.say({ type: "history-found", searchId: "search-1", hits, searched: 3, total: 3, status: "done" })
	}),
	"history-searching": history(sea, (port, store) => {
		store.typeHistoryQuery("sky")
		store.searchHistory()
		port.say({ type: "history-found", searchId: "search-1", hits: [], searched: 1, total: 3, status: "running" })
	}),
	"history-nothing-found": history(sea, (_port, store) => store.typeHistoryQuery("no such chat")),
}
