import { effectiveTier } from "@bedrock-tiers/core"
import { profileTierChoice, type ChatView, type ProfileSettings, type TaskUsage } from "@bedrock-tiers/protocol"
import { memo, useId } from "react"
import { useLocale, type Locale } from "../../locale"
import { TaskLimit } from "./TaskLimit"
import { TaskUsagePanel } from "./TaskUsagePanel"
import { taskCostTexts, tokensText, totalCostText, totalNotesText } from "./usage-badge-text"

type TaskHeaderProps = {
	readonly chat: ChatView
	/** Settings of the next request. */
	readonly settings: ProfileSettings
}

export const TaskHeader = memo(function TaskHeader({ chat, settings }: TaskHeaderProps) {
	const locale = useLocale()
	const { t } = locale
	const id = useId()
	const { title, usage, messages } = chat
	const { total, byTier, background, removed, failed } = usage
	const costs = taskCostTexts(usage, locale)
	const notes = totalNotesText(messages, locale)
	return (
		<header className="task-header">
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
					<Count name={t("chat.tokensIn")} value={tokensText(total.tokens.inputTokens, total, locale)} />
					<Count name={t("chat.tokensOut")} value={tokensText(total.tokens.outputTokens, total, locale)} />
					<Count
						name={t("tokenKind.cacheRead")}
						value={tokensText(total.tokens.cacheReadTokens, total, locale)}
					/>
					<Count
						name={t("tokenKind.cacheWrite")}
						value={tokensText(total.tokens.cacheWriteTokens, total, locale)}
					/>
				</dl>
			)}
			<ContextUse usage={usage} />
			<TaskUsagePanel chat={chat} />
		</header>
	)
})

function Count({ name, value }: { readonly name: string; readonly value: string }) {
	return (
		<div>
			<dt className="caption">{name}</dt>
			<dd>{value}</dd>
		</div>
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
