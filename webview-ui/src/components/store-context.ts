import { createContext, useContext, useSyncExternalStore } from "react"
import type { ViewStore } from "../state/view-store"
import type { WebviewState } from "../state/view-reducer"

const StoreContext = createContext<ViewStore | null>(null)
export const StoreProvider = StoreContext.Provider

export function useStore(): ViewStore {
	const store = useContext(StoreContext)
	if (!store) throw new Error("No StoreProvider above this component")
	return store
}

export function useViewState(): WebviewState {
	const store = useStore()
	return useSyncExternalStore(store.subscribe, store.getState)
}
