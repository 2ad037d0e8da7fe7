import { VSCodeProgressRing } from "@vscode/webview-ui-toolkit/react"
import { lazy, useEffect, useRef } from "react"
import type { Page } from "../state/webview-state"
import { pageMessages } from "../load-messages"
import { useLocale } from "../locale"
import { ChatView } from "./chat/ChatView"
import { useStore, useViewState } from "./store-context"
import { Button } from "./ui/Button"
import { ErrorBar } from "./ui/ErrorBar"
import { LazyPart } from "./ui/LazyPart"
import { useFocusRecovery } from "./use-focus-recovery"

// Most people open the chat, and wait for nothing that they do not see.
const withWords = async <Module,>(module: Promise<Module>) => (await Promise.all([module, pageMessages()]))[0]
const loadSettings = async () => ({ default: (await withWords(import("./settings/SettingsView"))).SettingsView })
const loadHistory = async () => ({ default: (await withWords(import("./history/HistoryView"))).HistoryView })
const SettingsView = lazy(loadSettings)
const HistoryView = lazy(loadHistory)
// With what draws the plots: few people open it.
const loadSpeed = async () => ({ default: (await withWords(import("./speed/SpeedView"))).SpeedView })
const SpeedView = lazy(loadSpeed)

/** So that the other pages are there by the time that they are asked for. The page that is wanted now comes first. */
export function preloadPages(): void {
	for (const load of [loadSettings, loadHistory])
		requestIdleCallback(() =>
			load().catch(() => {
				// Asked for again when it is needed.
			}),
		)
}

/**
 * What had the focus may have gone with the page or the chat before. In the chat it is the message that comes next, elsewhere the
 * page itself, to be gone through from its top.
 */
function useFocusOnPage(page: Page, chatId: string | undefined): void {
	const shown = useRef({ page, chatId })
	useEffect(() => {
		const { page: pageBefore, chatId: chatBefore } = shown.current
		shown.current = { page, chatId }
		if (chatBefore === undefined || (pageBefore === page && (page !== "chat" || chatBefore === chatId))) return
		if (document.activeElement !== document.body) return
		const main = document.querySelector("main")
		const message = main?.querySelector<HTMLElement>(".composer :is(vscode-text-area, textarea)")
		if (message) return message.focus()
		if (!main) return
		main.tabIndex = -1
		main.focus()
	}, [page, chatId])
}

export function App() {
	const { t } = useLocale()
	const store = useStore()
	const state = useViewState()
	const { page } = state
	const root = useFocusRecovery()
	useFocusOnPage(page, state.host?.chat.id)
	return (
		<div ref={root} className="app">
			{/* The ways to the other pages are in VS Code's own title of the view; only the way back is here. */}
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
				<main className="waiting">
					<h1 className="visually-hidden">{t(`app.${page}`)}</h1>
					<VSCodeProgressRing aria-label={t("app.waiting")} />
					<p>{t("app.waiting")}</p>
				</main>
			) : page === "history" ? (
				<LazyPart>
					<HistoryView history={state.history} />
				</LazyPart>
			) : page === "speed" ? (
				<LazyPart>
					<SpeedView speeds={state.speeds} />
				</LazyPart>
			) : page === "settings" ? (
				<LazyPart>
					<SettingsView
						host={state.host}
						drafts={state.drafts}
						save={state.save}
						openSections={state.openSections}
						profileEdit={state.profileEdit}
						connectionTest={state.connectionTest}
						exportReport={state.exportReport}
					/>
				</LazyPart>
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
