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

/** All that is to be seen, without the answer that grows: what draws this is not drawn again for each word of it. */
export function useViewState(): PageState {
	const store = useStore()
	return useSyncExternalStore(store.subscribe, store.getPageState)
}

/** What has come so far of the answer while it streams, else null. */
export function useStreamingParts(messageId: string): readonly AnswerPart[] | null {
	const store = useStore()
	return useSyncExternalStore(store.subscribe, () => {
		const { streaming } = store.getState()
		return streaming?.messageId === messageId ? streaming.parts : null
	})
}
