import { VSCodeProgressRing } from "@vscode/webview-ui-toolkit/react"
import { useEffect, useRef } from "react"
import type { Page } from "../state/view-reducer"
import { useWords } from "../words"
import { ChatView } from "./chat/ChatView"
import { HistoryView } from "./history/HistoryView"
import { SettingsView } from "./settings/SettingsView"
import { useStore, useViewState } from "./store-context"
import { Button } from "./ui/Button"
import { ErrorBar } from "./ui/ErrorBar"

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
				<HistoryView history={state.history} />
			) : page === "settings" ? (
				<SettingsView
					host={state.host}
					drafts={state.drafts}
					save={state.save}
					openSections={state.openSections}
				/>
			) : (
				<ChatView host={state.host} streaming={state.streaming} composerText={state.composerText} />
			)}
		</div>
	)
}
