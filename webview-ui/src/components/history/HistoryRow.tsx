import { findModel } from "@bedrock-tiers/core"
import type { ChatEntry, ChatFormat } from "@bedrock-tiers/protocol"
import { memo } from "react"
import type { ShownChat } from "../../state/history-state"
import { useLocale, type Locale } from "../../locale"
import { totalCostText } from "../chat/usage-badge-text"
import { useStore } from "../store-context"

type HistoryRowProps = {
	readonly chat: ShownChat
	readonly isOpen: boolean
}

/** Uses native buttons: a hundred rows of toolkit buttons would be slow to render. */
export const HistoryRow = memo(
	function HistoryRow({ chat, isOpen }: HistoryRowProps) {
		const locale = useLocale()
		const store = useStore()
		const { t } = locale
		const title = chat.title ?? t("history.untitled")
		const actionButton = (label: string, name: string, run: () => void) => (
			<button
				type="button"
				className="history-action"
				title={name === label ? undefined : name}
				aria-label={t("history.actionOn", { name, title })}
				onClick={run}>
				{label}
			</button>
		)
		const exportButton = (format: ChatFormat) => {
			const label = t(`history.${format}`)
			return actionButton(label, t("history.exportAs", { format: label }), () =>
				store.exportChat(chat.id, format),
			)
		}
		return (
			<li className="history-row">
				<button
					type="button"
					className="stack history-open"
					aria-current={isOpen ? "true" : undefined}
					onClick={() => store.openChat(chat.id)}>
					<span className="history-title">{title}</span>
					<span className="caption">{detailsText(chat, isOpen, locale)}</span>
					{chat.excerpt !== null && <span className="history-excerpt">{chat.excerpt}</span>}
				</button>
				<div className="button-row history-actions">
					{exportButton("markdown")}
					{exportButton("json")}
					{actionButton(t("history.delete"), t("history.delete"), () => store.deleteChat(chat.id))}
				</div>
			</li>
		)
	},
	(one, other) => one.isOpen === other.isOpen && sameChat(one.chat, other.chat),
)

function sameChat(one: ShownChat, other: ShownChat): boolean {
	return one.id === other.id && one.updatedAt === other.updatedAt && one.excerpt === other.excerpt
}

/** Date, models, tiers and cost of a chat. */
function detailsText(chat: ChatEntry, isOpen: boolean, locale: Locale): string {
	const { t, list, tier, dateTime } = locale
	const { models, tiers, requests, unpricedRequests, updatedAt } = chat
	return [
		...(isOpen ? [t("history.openNow")] : []),
		dateTime(updatedAt),
		...(models.length > 0 ? [list(models.map((id) => findModel(id)?.name ?? id))] : []),
		...(tiers.length > 0 ? [list(tiers.map(tier))] : []),
		requests + unpricedRequests > 0 ? totalCostText(chat, locale) : t("history.nothingBilled"),
	].join(" · ")
}
