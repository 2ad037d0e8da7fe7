import { apiName, formatUnitPrice, type SelectableTier, type TierOption } from "@bedrock-tiers/core"
import type { TierPick } from "../app/session"
import type { HostLocale } from "../app/ports"
import { tierName } from "./host-locale"

export type TierItem = {
	readonly tier: SelectableTier
	readonly label: string
	readonly description: string
	readonly detail: string
}

/** The tiers that the active profile's model supports, each with its description and price. */
export function tierItems({ profile, choice, refusals }: TierPick, locale: HostLocale): TierItem[] {
	const { t } = locale
	return choice.options.map((option) => {
		const { tier, contested } = option
		const notes = [
			...(tier === profile.settings.serviceTier ? [t("stored")] : []),
			...(refusals.some(({ tierRequest }) => tierRequest.tier === tier) ? [t("refused by AWS lately")] : []),
			...(contested ? [t("AWS's own pages disagree on it")] : []),
		]
		return {
			tier,
			label: tierName(tier, locale),
			description: notes.join(" · "),
			detail: `${tierDescription(tier, locale)} ${priceText(option, locale)}`,
		}
	})
}

/** Title of the quick pick: model and profile, or the reason why only Standard is listed. */
export function tierTitle({ profile, choice }: TierPick, { t }: HostLocale): string {
	const model = choice.model?.name ?? profile.settings.modelId
	if (choice.kind !== "standard-only") return t("Service tier for {0} ({1})", model, profile.name)
	return choice.elsewhere
		? t(
				"{0} takes service tiers only through the chat-completions API; through {1} it runs on Standard.",
				model,
				apiName(profile.settings.api),
			)
		: t("{0} runs on Standard only.", model)
}

function tierDescription(tier: SelectableTier, { t }: HostLocale): string {
	switch (tier) {
		case "default":
			return t("The normal price and speed.")
		case "flex":
			return t("Half the price, may wait.")
		case "priority":
			return t("1.75 times the price, served first.")
	}
}

function priceText({ price }: TierOption, { t, language }: HostLocale): string {
	if (!price) return t("Its price is not known.")
	const format = (usdPerMTok: number | null) =>
		usdPerMTok === null ? t("not known") : formatUnitPrice(usdPerMTok, language)
	const { inputUsdPerMTok, outputUsdPerMTok } = price.prices
	return t("{0} in, {1} out per million tokens.", format(inputUsdPerMTok), format(outputUsdPerMTok))
}
