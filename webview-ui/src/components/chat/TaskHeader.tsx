import { effectiveTier } from "@bedrock-tiers/core"
import {
	profileTierChoice,
	TASK_LIMIT_WARNING_SHARE,
	type ChatView,
	type ProfileSettings,
	type TaskUsage,
} from "@bedrock-tiers/protocol"
import { lazy, memo, useId } from "react"
import { useLocale, type Locale } from "../../locale"
import { LazyDetails } from "../ui/LazyDetails"
import { taskCostTexts, tokensText, totalCostText, totalNotesText } from "./usage-badge-text"

const TaskUsageTables = lazy(() => import("./TaskUsageTables"))

type TaskHeaderProps = {
	readonly chat: ChatView
	/** Settings of the next request. */
	readonly settings: ProfileSettings
}

const TOKEN_COUNTS = [
	{ name: "chat.tokensIn", key: "inputTokens" },
	{ name: "chat.tokensOut", key: "outputTokens" },
	{ name: "tokenKind.cacheRead", key: "cacheReadTokens" },
	{ name: "tokenKind.cacheWrite", key: "cacheWriteTokens" },
] as const

export const TaskHeader = memo(function TaskHeader({ chat, settings }: TaskHeaderProps) {
	const locale = useLocale()
	const { t } = locale
	const id = useId()
	const { title, usage, messages } = chat
	const { total, byTier, background, removed, failed } = usage
	const costs = taskCostTexts(usage, locale)
	const notes = totalNotesText(messages, locale)
	return (
		<header className="stack task-header">
			<h2 className={title === null ? "visually-hidden" : "task-title"}>{title ?? t("app.newChat")}</h2>
			<p className="task-target">{targetText(settings, locale)}</p>
			<div className="task-cost">
				<span id={id} className="caption">
					{t("cost.task")}
				</span>
				<div role="status" aria-labelledby={id}>
					<span className="task-total">{costs.total}</span>
					{byTier.length > 0 && (
						<ul className="task-tiers">
							{byTier.map(({ tier }, index) => (
								<li key={tier}>
									{t("cost.forTier", { tier: locale.tier(tier), cost: costs.byTier[index] })}
								</li>
							))}
						</ul>
					)}
				</div>
				<TaskLimit usage={usage} limitUsd={settings.taskLimitUsd} />
				{background.requests > 0 && (
					<p className="caption">{t("cost.background", { cost: totalCostText(background, locale) })}</p>
				)}
				{removed.requests > 0 && (
					<p className="caption">{t("cost.removed", { cost: totalCostText(removed, locale) })}</p>
				)}
				{notes !== "" && <p className="caption">{notes}</p>}
				{total.unpricedRequests > 0 && (
					<p className="caption">{t("cost.unpricedRequests", { count: total.unpricedRequests })}</p>
				)}
				{failed.refused > 0 && (
					<p className="caption">{t("cost.refusedAttempts", { count: failed.refused })}</p>
				)}
				{failed.unanswered > 0 && (
					<p className="caption">{t("cost.unansweredAttempts", { count: failed.unanswered })}</p>
				)}
			</div>
			{total.requests > 0 && (
				<dl className="task-tokens">
					{TOKEN_COUNTS.map(({ name, key }) => (
						<div key={key}>
							<dt className="caption">{t(name)}</dt>
							<dd>{tokensText(total.tokens[key], total, locale)}</dd>
						</div>
					))}
				</dl>
			)}
			<ContextUse usage={usage} />
			{total.requests > 0 && (
				<LazyDetails className="task-usage" summary={t("taskUsage.title")}>
					<TaskUsageTables chat={chat} />
				</LazyDetails>
			)}
		</header>
	)
})

type TaskLimitProps = {
	readonly usage: TaskUsage
	/** USD; `null` when there is no limit. */
	readonly limitUsd: number | null
}

/** Shows how much of the task's limit is used, from `TASK_LIMIT_WARNING_SHARE` on. */
function TaskLimit({ usage: { total }, limitUsd }: TaskLimitProps) {
	const { t, usd, percent } = useLocale()
	if (limitUsd === null) return null
	// 0.0012 of 0.0015 is 80% in decimal, but slightly less in binary floating point.
	const used = Math.floor((total.knownUsd / limitUsd) * 100 + 1e-9)
	if (used < TASK_LIMIT_WARNING_SHARE * 100) return null
	const key = total.knownUsd >= limitUsd ? "taskLimit.reached" : "taskLimit.near"
	return (
		<p className="warning" role="status">
			{t(key, { limit: usd(limitUsd), percent: percent(used) })}
			{total.unpricedRequests > 0 && ` ${t("taskLimit.unpriced")}`}
		</p>
	)
}

function ContextUse({ usage: { contextTokens, contextWindow } }: { readonly usage: TaskUsage }) {
	const { t, count } = useLocale()
	if (contextTokens === null) return null
	const used = count(contextTokens)
	return (
		<div className="context-use">
			<span className="caption">{t("chat.context")}</span>
			<span>{contextWindow === null ? used : t("chat.contextOf", { used, window: count(contextWindow) })}</span>
			{contextWindow !== null && (
				<span className="bar" aria-hidden="true">
					<span style={{ width: `${Math.min(100, (contextTokens / contextWindow) * 100)}%` }} />
				</span>
			)}
		</div>
	)
}

/** Model, region and requested tier of the next request. */
function targetText(settings: ProfileSettings, { t, tier }: Locale): string {
	const { modelId, region, serviceTier } = settings
	const choice = profileTierChoice(settings, null)
	const model = choice.model?.name ?? modelId
	if (choice.kind === "standard-only") return t("chat.standardOnly", { model, region })
	return t("chat.asksFor", { model, region, tier: tier(effectiveTier(choice, serviceTier)) })
}
