import { effectiveTier, taskTotals } from "@bedrock-tiers/core"
import { profileTierChoice, type TaskUsage, type ViewState } from "@bedrock-tiers/protocol"
import type { HostLocale } from "../app/ports"
import { costText, tierName } from "./host-locale"

/** Text and lines of the tooltip of the status bar item, for the active profile and the open chat. */
export function statusText(state: ViewState, locale: HostLocale): { text: string; tooltip: string[] } {
	const profile = state.profiles.find(({ id }) => id === state.activeProfileId)
	if (!profile) return { text: "", tooltip: [] }
	const { t } = locale
	const { modelId, region } = profile.settings
	const serviceTier = state.chat.tier ?? profile.settings.serviceTier
	const choice = profileTierChoice(profile.settings, null)
	const model = choice.model?.name ?? modelId
	const sentTier = effectiveTier(choice, serviceTier)
	const tier = tierName(sentTier, locale)
	const { usage } = state.chat
	const used = usage.total.requests + usage.failed.unanswered > 0
	return {
		text: [model, tier, ...(used ? [costText(taskTotals(usage.total, usage.failed), locale)] : [])].join(" · "),
		tooltip: [
			t("Model: {0} ({1})", model, region),
			sentTier === serviceTier
				? t("Service tier: {0}", tier)
				: t(
						"Service tier: {0}. {1} is kept for later: the model does not take it.",
						tier,
						tierName(serviceTier, locale),
					),
			...(used ? usageLines(usage, locale) : [t("This chat: nothing was asked yet")]),
			t("Click to select a service tier."),
		],
	}
}

function usageLines({ total, byTier, failed }: TaskUsage, locale: HostLocale): string[] {
	const { t } = locale
	return [
		t("This chat: {0}, requests: {1}", costText(taskTotals(total, failed), locale), total.requests),
		...(byTier.length > 1
			? byTier.map(({ tier, totals }) => t("Of it on {0}: {1}", tierName(tier, locale), costText(totals, locale)))
			: []),
		...(total.unpricedRequests > 0 ? [t("Requests without a full price: {0}", total.unpricedRequests)] : []),
		...(failed.unanswered > 0
			? [
					t(
						"Attempts without an answer, of which it is not known whether they were billed: {0}",
						failed.unanswered,
					),
				]
			: []),
	]
}
