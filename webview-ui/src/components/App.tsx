import type { ViewState } from "@bedrock-tiers/protocol"
import { lazy, useEffect, useRef, type RefObject } from "react"
import { withPageMessages } from "../load-messages"
import { useLocale } from "../locale"
import type { PageState } from "../state/webview-state"
import { ChatView } from "./chat/ChatView"
import { loadFailures } from "./chat/lazy-failures"
import { useStore, useViewState } from "./store-context"
import { Button } from "./ui/Button"
import { ErrorBar } from "./ui/ErrorBar"
import { LazyPart } from "./ui/LazyPart"
import { Waiting } from "./ui/Waiting"
import { useFocusRecovery } from "./use-focus-recovery"

// Most users open the chat, so it does not wait for the code and the messages of the other pages.
const loadSettings = async () => ({ default: (await withPageMessages(import("./settings/SettingsView"))).SettingsView })
const loadHistory = async () => ({ default: (await withPageMessages(import("./history/HistoryView"))).HistoryView })
const SettingsView = lazy(loadSettings)
const HistoryView = lazy(loadHistory)
// Includes the plot library. Few users open this page.
const loadSpeed = async () => ({ default: (await withPageMessages(import("./speed/SpeedView"))).SpeedView })
const SpeedView = lazy(loadSpeed)

/** Loads the other pages and the failures in idle time, so that they open without a delay. The current page is loaded first. */
export function preloadPages(): void {
	for (const load of [loadFailures, loadSettings, loadHistory])
		requestIdleCallback(() =>
			load().catch(() => {
				// The page is loaded again when it is opened.
			}),
		)
}

/**
 * Restores the focus when the focused element was removed with the previous page or chat: in the chat to the text box
 * of the message, on other pages to `main`, so that Tab starts at the top of the page. It is rendered next to the page,
 * inside its Suspense boundary, so that the effect runs when the page is loaded.
 */
function PageFocus({ hasChangedRef }: { readonly hasChangedRef: RefObject<boolean> }) {
	useEffect(() => {
		if (!hasChangedRef.current || document.activeElement !== document.body) return
		const main = document.querySelector("main")
		const textBox = main?.querySelector<HTMLElement>(".composer :is(vscode-text-area, textarea)")
		if (textBox) return textBox.focus()
		if (!main) return
		main.tabIndex = -1
		main.focus()
	}, [hasChangedRef])
	return null
}

export function App() {
	const { t } = useLocale()
	const store = useStore()
	const state = useViewState()
	const { page } = state
	const root = useFocusRecovery()
	const pageKey = state.host && (page === "chat" ? `chat ${state.host.chat.id}` : page)
	const hasChangedRef = useRef(false)
	useEffect(() => {
		if (pageKey === null) return
		return () => {
			hasChangedRef.current = true
		}
	}, [pageKey])
	return (
		<div ref={root} className="app">
			{/* The other pages are opened from VS Code's view title; only the way back to the chat is here. */}
			{page !== "chat" && (
				<header className="top-bar">
					<Button look="quiet" label={t("app.chat")} onClick={() => store.showPage("chat")}>
						{`← ${t("app.chat")}`}
					</Button>
					<h1>{t(`app.${page}`)}</h1>
					{page === "history" && (
						<Button look="quiet" onClick={store.newChat}>
							{t("app.newChat")}
						</Button>
					)}
				</header>
			)}
			{state.problem && <ErrorBar problem={state.problem} onDismiss={store.dismissProblem} />}
			{state.host === null ? (
				<Waiting text={t("app.waiting")}>
					<h1 className="visually-hidden">{t(`app.${page}`)}</h1>
				</Waiting>
			) : (
				<LazyPart key={page}>
					<Page state={state} host={state.host} />
					<PageFocus key={pageKey} hasChangedRef={hasChangedRef} />
				</LazyPart>
			)}
		</div>
	)
}

function Page({ state, host }: { readonly state: PageState; readonly host: ViewState }) {
	switch (state.page) {
		case "chat":
			return (
				<ChatView
					host={host}
					composerText={state.composerText}
					attachments={state.attachments}
					adding={state.attaching.pending.length > 0}
					editing={state.editing}
				/>
			)
		case "settings":
			return <SettingsView host={host} />
		case "history":
			return <HistoryView history={state.history} />
		case "speed":
			return <SpeedView speeds={state.speeds} />
	}
}
