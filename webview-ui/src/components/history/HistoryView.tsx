import { TextField } from "../ui/TextField"
import { Waiting } from "../ui/Waiting"
import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from "react"
import { shownChats, type HistoryState } from "../../state/history-state"
import { useLocale, type Locale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { StatusLine } from "../ui/StatusLine"
import { HistoryRow } from "./HistoryRow"

/** More chats are shown on request: a page of all of them would be slow to render. */
const PAGE_SIZE = 100

/** Lists the stored chats, to search, open, export and delete them. */
export function HistoryView({ history }: { readonly history: HistoryState }) {
	const locale = useLocale()
	const store = useStore()
	const { t } = locale
	const { list, search, query } = history
	if (!list) return <Waiting text={t("history.loading")} />
	const isSearching = search?.status === "running"
	return (
		<main className="history">
			{list.chats.length > 0 && (
				<div role="search" className="stack">
					<TextField
						label={t("history.search")}
						value={query}
						onChange={store.typeHistoryQuery}
						onEnter={store.searchHistory}
					/>
					<div className="button-row">
						<Button
							look="secondary"
							disabled={query.trim() === "" || isSearching}
							onClick={store.searchHistory}>
							{t("history.searchTexts")}
						</Button>
						{isSearching && (
							<Button look="secondary" onClick={store.cancelHistorySearch}>
								{t("history.stopSearch")}
							</Button>
						)}
					</div>
				</div>
			)}
			<StatusLine>{statusText(history, locale)}</StatusLine>
			<Chats key={query} history={history} openChatId={list.openChatId} />
			{list.damaged > 0 && (
				<p className="warning">{t("history.damaged", { count: list.damaged, folder: list.folder })}</p>
			)}
			{list.chats.length > 0 && (
				<div className="stack">
					<p className="caption">{t("history.exportHint", { count: list.chats.length })}</p>
					<div className="button-row">
						<Button look="secondary" onClick={() => store.exportUsage("csv")}>
							{t("history.exportCsv")}
						</Button>
						<Button look="secondary" onClick={() => store.exportUsage("json")}>
							{t("history.exportJson")}
						</Button>
						<Button look="secondary" onClick={() => store.showPage("speed")}>
							{t("history.speed")}
						</Button>
					</div>
				</div>
			)}
		</main>
	)
}

function Chats({ history, openChatId }: { readonly history: HistoryState; readonly openChatId: string }) {
	const { t, count } = useLocale()
	const [shown, setShown] = useState(PAGE_SIZE)
	const rows = useRef<HTMLUListElement>(null)
	/** Index of the row that last had the focus. When it is deleted, the row in its place gets the focus. */
	const focused = useRef<number | null>(null)
	const chats = shownChats(history)

	useEffect(() => {
		if (focused.current !== null && document.activeElement === document.body)
			focusRow(rows.current, focused.current)
	}, [chats.length])

	function onFocus(event: FocusEvent) {
		const row = event.target.closest("li")
		focused.current = row ? [...(rows.current?.children ?? [])].indexOf(row) : null
	}

	function onKeyDown(event: KeyboardEvent) {
		const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
		const index = openButtons(rows.current).indexOf(event.target as HTMLElement)
		if (step === 0 || index < 0) return
		event.preventDefault()
		focusRow(rows.current, Math.max(0, index + step))
	}

	function showMore() {
		setShown(shown + PAGE_SIZE)
		requestAnimationFrame(() => focusRow(rows.current, shown))
	}

	if (chats.length === 0)
		return <p className="hint">{t(history.list?.chats.length === 0 ? "history.empty" : "history.nothingFound")}</p>
	return (
		<>
			<ul
				ref={rows}
				className="history-list"
				aria-label={t("history.chats")}
				onFocus={onFocus}
				onKeyDown={onKeyDown}>
				{chats.slice(0, shown).map((chat) => (
					<HistoryRow key={chat.id} chat={chat} isOpen={chat.id === openChatId} />
				))}
			</ul>
			{chats.length > shown && (
				<Button look="secondary" onClick={showMore}>
					{t("history.showMore", { more: count(Math.min(PAGE_SIZE, chats.length - shown)) })}
				</Button>
			)}
		</>
	)
}

function openButtons(rows: HTMLElement | null): HTMLElement[] {
	return [...(rows?.querySelectorAll<HTMLElement>(".history-open") ?? [])]
}

/** Focuses the last row when there are fewer rows. */
function focusRow(rows: HTMLElement | null, index: number): void {
	const buttons = openButtons(rows)
	buttons[Math.min(index, buttons.length - 1)]?.focus()
}

function statusText(history: HistoryState, { t, count }: Locale): string {
	const { list, query, search } = history
	const total = list?.chats.length ?? 0
	if (search?.status === "running")
		return t("history.searching", { searched: count(search.searched), total: count(search.total) })
	const found = shownChats(history).length
	// The page itself shows that there are no chats.
	if (total === 0) return ""
	if (query.trim() === "") return t("history.count", { count: total })
	if (search?.status === "cancelled")
		return t("history.stopped", {
			found: count(found),
			searched: count(search.searched),
			total: count(search.total),
		})
	return t(search ? "history.found" : "history.foundInTitles", { found: count(found), total: count(total) })
}
