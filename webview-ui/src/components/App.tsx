import { VSCodeProgressRing } from "@vscode/webview-ui-toolkit/react"
import { lazy, Suspense, useEffect, useRef } from "react"
import type { Page } from "../state/view-reducer"
import { wordsOfPages } from "../load-words"
import { useWords } from "../words"
import { ChatView } from "./chat/ChatView"
import { useStore, useViewState } from "./store-context"
import { Button } from "./ui/Button"
import { ErrorBar } from "./ui/ErrorBar"

// Most people open the chat, and wait for nothing that they do not see.
const withWords = async <Module,>(module: Promise<Module>) => (await Promise.all([module, wordsOfPages()]))[0]
const loadSettings = async () => ({ default: (await withWords(import("./settings/SettingsView"))).SettingsView })
const loadHistory = async () => ({ default: (await withWords(import("./history/HistoryView"))).HistoryView })
const SettingsView = lazy(loadSettings)
const HistoryView = lazy(loadHistory)
// With what draws the plots: few people open it.
const loadSpeed = async () => ({ default: (await withWords(import("./speed/SpeedView"))).SpeedView })
const SpeedView = lazy(loadSpeed)

/** So that the other pages are there by the time that they are asked for. */
export function preloadPages(): void {
	for (const load of [loadSettings, loadHistory]) {
		load().catch(() => {
			// Asked for again when it is needed.
		})
	}
}

/** What had the focus may have gone with the page before. */
function useFocusOnPage(page: Page): void {
	const shown = useRef(page)
	useEffect(() => {
		if (shown.current === page) return
		shown.current = page
		const main = document.querySelector("main")
		if (!main || document.activeElement !== document.body) return
		main.tabIndex = -1
		main.focus()
	}, [page])
}

export function App() {
	const { t } = useWords()
	const store = useStore()
	const state = useViewState()
	const { page } = state
	useFocusOnPage(page)
	const toggle = (other: Page) => store.showPage(page === other ? "chat" : other)
	return (
		<div className="app">
			<nav className="top-bar" aria-label={t("app.pages")}>
				{page !== "chat" && (
					<Button look="quiet" onClick={() => store.showPage("chat")}>
						{t("app.chat")}
					</Button>
				)}
				<Button look="quiet" disabled={state.host === null} onClick={store.newChat}>
					{t("app.newChat")}
				</Button>
				<Button look="quiet" pressed={page === "history"} onClick={() => toggle("history")}>
					{t("app.history")}
				</Button>
				<Button look="quiet" pressed={page === "settings"} onClick={() => toggle("settings")}>
					{t("app.settings")}
				</Button>
			</nav>
			{state.problem && <ErrorBar problem={state.problem} onDismiss={store.dismissProblem} />}
			{state.host === null ? (
				<div className="waiting">
					<VSCodeProgressRing aria-label={t("app.waiting")} />
					<p>{t("app.waiting")}</p>
				</div>
			) : page === "history" ? (
				<Suspense>
					<HistoryView history={state.history} />
				</Suspense>
			) : page === "speed" ? (
				<Suspense>
					<SpeedView speeds={state.speeds} />
				</Suspense>
			) : page === "settings" ? (
				<Suspense>
					<SettingsView
						host={state.host}
						drafts={state.drafts}
						save={state.save}
						openSections={state.openSections}
						profileEdit={state.profileEdit}
						connectionTest={state.connectionTest}
						exportReport={state.exportReport}
					/>
				</Suspense>
			) : (
				<ChatView
					host={state.host}
					composerText={state.composerText}
					attachments={state.attachments}
					adding={state.attaching.pending.length > 0}
					editing={state.editing}
				/>
			)}
		</div>
	)
}
