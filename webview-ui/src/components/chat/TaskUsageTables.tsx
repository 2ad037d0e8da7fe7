import {
	onOneTier,
	promptTokens,
	shownCost,
	shownTotal,
	type CostTotals,
	type OnOneTier,
	type UsageRecord,
} from "@bedrock-tiers/core"
import type { ChatView } from "@bedrock-tiers/protocol"
import { useMemo } from "react"
import { useLocale, type Locale } from "../../locale"
import { measureText } from "../speed/speed-text"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { NumbersTable } from "../ui/NumbersTable"
import { requestSpeed, speedByTier, taskRequests, usageByKind } from "./task-usage"
import { taskCostTexts, tokensText, usdText, usdTexts } from "./usage-badge-text"

/** Usage of a task by token kind, tier and request, its cost on the other tiers, and its speed. Loaded on demand. */
export default function TaskUsageTables({ chat }: { readonly chat: ChatView }) {
	const locale = useLocale()
	const { t, count } = locale
	const { usage } = chat
	const requests = useMemo(() => taskRequests(chat), [chat])
	const costs = taskCostTexts(usage, locale)
	const kinds = usageByKind(requests)
	const kindCosts = usdTexts(
		kinds.map(({ cost }) => cost),
		"parts-of-a-sum",
		locale,
	)
	const others = useMemo(() => onOneTier(requests), [requests])
	const speeds = useMemo(() => speedByTier(requests), [requests])
	return (
		<div className="stack task-usage-tables">
			<NumbersTable
				caption={t("taskUsage.byKind")}
				head={[t("usage.kind"), t("usage.tokens"), t("usage.cost")]}
				rows={kinds.map((row, index) => ({
					key: row.kind,
					cells: [t(`tokenKind.${row.kind}`), count(row.tokens), kindCosts[index] ?? ""],
				}))}
			/>
			<NumbersTable
				caption={t("taskUsage.byTier")}
				head={[t("taskUsage.tier"), t("taskUsage.requests"), t("usage.tokens"), t("usage.cost")]}
				rows={usage.byTier.map(({ tier, totals }, index) => ({
					key: tier,
					cells: [
						locale.tier(tier),
						count(totals.requests),
						tokensText(promptTokens(totals.tokens) + totals.tokens.outputTokens, totals, locale),
						costs.byTier[index] ?? "",
					],
				}))}
			/>
			{others.length > 0 && <OtherTiers rows={others} actual={usage.total} />}
			{speeds.length > 0 && <Speeds rows={speeds} />}
			<NumbersTable
				caption={t("taskUsage.byRequest")}
				head={[
					t("taskUsage.time"),
					t("taskUsage.tier"),
					t("chat.tokensIn"),
					t("chat.tokensOut"),
					t("usage.cost"),
					t("taskUsage.firstToken"),
					t("taskUsage.speed"),
				]}
				rows={requests.map((request) => ({ key: request.id, cells: requestCells(request, locale) }))}
			/>
		</div>
	)
}

function OtherTiers({ rows, actual }: { readonly rows: readonly OnOneTier[]; readonly actual: CostTotals }) {
	const locale = useLocale()
	const { t } = locale
	const [actualCost = "", ...costs] = usdTexts([actual, ...rows].map(shownTotal), "compared", locale)
	return (
		<div>
			<NumbersTable
				caption={t("taskUsage.onOtherTiers")}
				head={[t("taskUsage.tier"), t("usage.cost")]}
				rows={[
					{ key: "actual", cells: [t("taskUsage.asItWas"), actualCost] },
					...rows.map((row, index) => ({
						key: row.tier,
						cells: [t("taskUsage.allOn", { tier: locale.tier(row.tier) }), costs[index] ?? ""],
					})),
				]}
			/>
			<p className="caption">{t("taskUsage.otherTiersHint")}</p>
		</div>
	)
}

function Speeds({ rows }: { readonly rows: ReturnType<typeof speedByTier> }) {
	const locale = useLocale()
	const { t, count } = locale
	const store = useStore()
	return (
		<div>
			<NumbersTable
				caption={t("taskUsage.speedByTier")}
				head={[t("taskUsage.tier"), t("taskUsage.requests"), t("taskUsage.firstToken"), t("taskUsage.speed")]}
				rows={rows.map((row) => ({
					key: row.tier,
					cells: [
						locale.tier(row.tier),
						count(row.requests),
						measureText("firstTokenMs", row.firstTokenMs, locale),
						measureText("tokensPerSecond", row.tokensPerSecond, locale),
					],
				}))}
			/>
			<div className="button-row">
				<Button look="secondary" onClick={() => store.showPage("speed")}>
					{t("taskUsage.speedOfAll")}
				</Button>
			</div>
		</div>
	)
}

function requestCells(request: UsageRecord, locale: Locale): string[] {
	const { usage, requestedTier, billedTier, timing } = request
	const { t, count, tier } = locale
	const tokens = (value: number | undefined) => (value === undefined ? t("usage.unknownPrice") : count(value))
	return [
		locale.time(request.at),
		requestedTier === billedTier
			? tier(billedTier)
			: t("taskUsage.askedServed", { asked: tier(requestedTier), served: tier(billedTier) }),
		tokens(usage?.inputTokens),
		tokens(usage?.outputTokens),
		usdText(shownCost(request), locale),
		measureText("firstTokenMs", timing?.firstTokenMs, locale),
		measureText("tokensPerSecond", requestSpeed(request), locale),
	]
}
