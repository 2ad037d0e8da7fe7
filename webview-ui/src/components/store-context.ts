import type { AnswerPart } from "@bedrock-tiers/protocol"
import { createContext, useContext, useSyncExternalStore } from "react"
import type { ViewStore } from "../state/view-store"
import type { PageState } from "../state/webview-state"

const StoreContext = createContext<ViewStore | null>(null)
export const StoreProvider = StoreContext.Provider

export function useStore(): ViewStore {
	const store = useContext(StoreContext)
	if (!store) throw new Error("No StoreProvider above this component")
	return store
}

/** The state without the streaming answer, so that components that use it are not rendered again for each delta. */
export function useViewState(): PageState {
	const store = useStore()
	return useSyncExternalStore(store.subscribe, store.getPageState)
}

/** The parts of the answer so far while it streams; `null` otherwise. */
export function useStreamingParts(messageId: string): readonly AnswerPart[] | null {
	const store = useStore()
	return useSyncExternalStore(store.subscribe, () => {
		const { streaming } = store.getState()
		return streaming?.messageId === messageId ? streaming.parts : null
	})
}
