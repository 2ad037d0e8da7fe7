import {
	markEstimate,
	shownCost,
	shownTokens,
	shownTotal,
	taskTotals,
	tierLine,
	type CostTotals,
	type ShownAmount,
	type UsageRecord,
	type UsageTotals,
} from "@bedrock-tiers/core"
import type { ChatMessage, TaskUsage } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"

type RequestCounts = Pick<UsageTotals, "requests" | "uncountedRequests">

/** One line: cost and tier of a request, and a note when its prices are not list prices. */
export function usageBadgeText(request: UsageRecord, locale: Locale): string {
	const { t, percent } = locale
	const { card, discountPercent } = request
	const badge = costAndTierText(request, locale)
	if (card?.origin === "own") return t("badge.ownPrice", { badge })
	return discountPercent > 0 ? t("badge.discounted", { badge, percent: percent(discountPercent) }) : badge
}

function costAndTierText(request: UsageRecord, locale: Locale): string {
	const { t } = locale
	const { requestedTier, billedTier, unpricedReason } = request
	const cost = requestCostText(request, locale)
	const [requested, tier] = [locale.tier(requestedTier), locale.tier(billedTier)]
	const line = tierLine(request)
	switch (line) {
		case "not-offered":
			return t("badge.notSent", { cost, tier, requested })
		case "fallback":
			return t("badge.gaveWay", { cost, tier, requested })
		case "served-otherwise":
			return unpricedReason === "paid-by-reservation"
				? t("badge.reservedDifferently", { requested, tier })
				: t("badge.servedDifferently", { cost, requested, served: tier })
		case "not-confirmed":
		case "as-requested":
			if (unpricedReason === "paid-by-reservation") return t("badge.reserved", { tier })
			return t(line === "not-confirmed" ? "badge.notConfirmed" : "badge.asServed", { cost, tier })
	}
}

function requestCostText(request: UsageRecord, locale: Locale): string {
	const { t } = locale
	const { unpricedReason } = request
	const shown = shownCost(request)
	return shown.kind === "unknown" && unpricedReason
		? t("badge.notPriced", { reason: t(`unpriced.${unpricedReason}`) })
		: usdText(shown, locale)
}

/** A cost: exact, "at least", or "not priced". "$0.00" only when nothing was spent. */
export function usdText(shown: ShownAmount, { t, usd }: Locale): string {
	return shown.kind === "unknown" ? t("cost.notPriced") : amountText(shown, usd(shown.amount), t)
}

/** Costs that are shown together, with equal decimals. The parts of a sum add up to it. */
export function usdTexts(
	costs: readonly ShownAmount[],
	relation: "compared" | "parts-of-a-sum",
	{ t, usdGroup, usdList }: Locale,
): readonly string[] {
	const known = costs.map((shown) => (shown.kind === "unknown" ? 0 : shown.amount))
	const amounts = relation === "compared" ? usdList(known) : usdGroup(known).amounts
	return costs.map((shown, index) => amountText(shown, amounts[index] ?? "", t))
}

/** Costs of a task and of each of its tiers, with equal decimals, adding up to the total. */
export function taskCostTexts(
	{ total, byTier, failed }: Pick<TaskUsage, "total" | "byTier" | "failed">,
	{ t, usd, usdGroup }: Locale,
): { readonly total: string; readonly byTier: readonly string[] } {
	const group = usdGroup(byTier.map(({ totals }) => totals.knownUsd))
	const totalAmount = byTier.length > 0 ? group.total : usd(total.knownUsd)
	return {
		total: amountText(shownTotal(taskTotals(total, failed)), totalAmount, t),
		byTier: byTier.map(({ totals }, index) => amountText(shownTotal(totals), group.amounts[index] ?? "", t)),
	}
}

function amountText(shown: ShownAmount, formatted: string, t: Locale["t"]): string {
	if (shown.kind === "unknown") return t("cost.notPriced")
	const amount = markEstimate(formatted, shown.isEstimated)
	return shown.kind === "exact" ? amount : t("cost.atLeast", { amount })
}

/** Total cost of requests. */
export function totalCostText(totals: CostTotals, locale: Locale): string {
	return usdText(shownTotal(totals), locale)
}

/** A token count from the totals: exact, "at least", or unknown. */
export function tokensText(tokens: number, counts: RequestCounts, { t, count }: Locale): string {
	const shown = shownTokens(tokens, counts)
	return shown.kind === "unknown" ? t("usage.unknownPrice") : amountText(shown, count(shown.amount), t)
}

/** The accepted request of each answer. */
export function answerRequests(messages: readonly ChatMessage[]): UsageRecord[] {
	return messages.flatMap((message) => (message.role === "assistant" && message.request ? [message.request] : []))
}

/** Note on the discounts and own prices in a task's total; empty when all prices are list prices. */
export function totalNotesText(messages: readonly ChatMessage[], { t, list, percent }: Locale): string {
	const requests = answerRequests(messages)
	const percents = new Set(requests.map(({ discountPercent }) => discountPercent).filter((off) => off > 0))
	const notes = [
		...(percents.size > 0 ? [t("priceSource.offList", { percent: list([...percents].map(percent)) })] : []),
		...(requests.some(({ card }) => card?.origin === "own") ? [t("cost.ownPrices")] : []),
	]
	return notes.length > 0 ? t("cost.with", { notes: list(notes) }) : ""
}
