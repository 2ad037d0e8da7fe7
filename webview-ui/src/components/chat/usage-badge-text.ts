import type { UsageRecord, UsageTotals } from "@bedrock-tiers/core"
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
	const { requestedTier, servedTier, billedTier, basis, notSentReason } = request
	const cost = requestCostText(request, locale)
	const [requested, tier] = [locale.tier(requestedTier), locale.tier(billedTier)]
	const servedDifferently = servedTier !== null && servedTier !== requestedTier
	if (notSentReason === "tier-not-offered") return t("badge.notSent", { cost, tier, requested })
	if (notSentReason !== null) return t("badge.gaveWay", { cost, tier, requested })
	if (request.unpricedReason === "paid-by-reservation")
		return servedDifferently ? t("badge.reservedDifferently", { requested, tier }) : t("badge.reserved", { tier })
	if (servedDifferently) return t("badge.servedDifferently", { cost, requested, served: locale.tier(servedTier) })
	if (basis === "requested") return t("badge.notConfirmed", { cost, tier })
	return t("badge.asServed", { cost, tier })
}

function requestCostText({ totalUsd, knownUsd, unpricedReason }: UsageRecord, { t, usd }: Locale): string {
	if (totalUsd !== null) return usd(totalUsd)
	if (knownUsd > 0) return t("cost.atLeast", { amount: usd(knownUsd) })
	return unpricedReason ? t("badge.notPriced", { reason: t(`unpriced.${unpricedReason}`) }) : t("cost.notPriced")
}

/** Total cost of requests. "$0.00" only when nothing was spent. */
export function totalCostText(
	{ knownUsd, unpricedRequests }: Pick<UsageTotals, "knownUsd" | "unpricedRequests">,
	{ t, usd }: Locale,
): string {
	if (unpricedRequests === 0) return usd(knownUsd)
	return knownUsd > 0 ? t("cost.atLeast", { amount: usd(knownUsd) }) : t("cost.notPriced")
}

/** Cost of a task. An unanswered attempt, which may have been billed, counts as an unpriced request. */
export function taskCostText({ total, failed }: Pick<TaskUsage, "total" | "failed">, locale: Locale): string {
	const { knownUsd, unpricedRequests } = total
	return totalCostText({ knownUsd, unpricedRequests: unpricedRequests + failed.unanswered }, locale)
}

/** A token count from the totals: exact, "at least", or unknown. */
export function tokensText(
	tokens: number,
	{ requests, uncountedRequests }: RequestCounts,
	{ t, count }: Locale,
): string {
	if (uncountedRequests === 0) return count(tokens)
	return uncountedRequests === requests ? t("usage.unknownPrice") : t("cost.atLeast", { amount: count(tokens) })
}

/** Note on the discounts and own prices in a task's total; empty when all prices are list prices. */
export function totalNotesText(messages: readonly ChatMessage[], { t, list, percent }: Locale): string {
	const requests = messages.flatMap((message) =>
		message.role === "assistant" && message.request ? [message.request] : [],
	)
	const percents = new Set(requests.map(({ discountPercent }) => discountPercent).filter((off) => off > 0))
	const notes = [
		...(percents.size > 0 ? [t("priceSource.offList", { percent: list([...percents].map(percent)) })] : []),
		...(requests.some(({ card }) => card?.origin === "own") ? [t("cost.ownPrices")] : []),
	]
	return notes.length > 0 ? t("cost.with", { notes: list(notes) }) : ""
}
