import { VSCodeProgressRing } from "@vscode/webview-ui-toolkit/react"
import { useWords } from "../words"
import { ChatView } from "./chat/ChatView"
import { SettingsView } from "./settings/SettingsView"
import { useStore, useViewState } from "./store-context"
import { Button } from "./ui/Button"
import { ErrorBar } from "./ui/ErrorBar"

export function App() {
	const { t } = useWords()
	const store = useStore()
	const state = useViewState()
	const inSettings = state.page === "settings"
	return (
		<div className="app">
			<nav className="top-bar" aria-label={t("app.pages")}>
				{inSettings && (
					<Button look="quiet" onClick={() => store.showPage("chat")}>
						{t("app.chat")}
					</Button>
				)}
				<Button look="quiet" disabled={state.host === null} onClick={store.newChat}>
					{t("app.newChat")}
				</Button>
				<Button
					look="quiet"
					pressed={inSettings}
					onClick={() => store.showPage(inSettings ? "chat" : "settings")}>
					{t("app.settings")}
				</Button>
			</nav>
			{state.problem && <ErrorBar problem={state.problem} onDismiss={store.dismissProblem} />}
			{state.host === null ? (
				<div className="waiting">
					<VSCodeProgressRing aria-label={t("app.waiting")} />
					<p>{t("app.waiting")}</p>
				</div>
			) : inSettings ? (
				<SettingsView
					host={state.host}
					drafts={state.drafts}
					save={state.save}
					openSections={state.openSections}
					profileEdit={state.profileEdit}
					exportReport={state.exportReport}
				/>
			) : (
				<ChatView host={state.host} composerText={state.composerText} />
			)}
		</div>
	)
}
