import type { SelectableTier, TierChoice } from "@bedrock-tiers/core"
import type { Locale } from "../../locale"

/** Message with the extra cost of Priority over Standard, shown before Priority is saved for the first time. */
export function priorityPriceNotice({ options }: TierChoice, { t, unitPrice, percent }: Locale): string {
	const pricesOf = (pricedTier: SelectableTier) => options.find(({ tier }) => tier === pricedTier)?.price?.prices
	const { inputUsdPerMTok: input = null, outputUsdPerMTok: output = null } = pricesOf("default") ?? {}
	const { inputUsdPerMTok: priorityInput = null, outputUsdPerMTok: priorityOutput = null } =
		pricesOf("priority") ?? {}
	if (!input || !output || priorityInput === null || priorityOutput === null) return t("priorityWord.unknown")
	const more = Math.round((priorityOutput / output - 1) * 1_000) / 10
	return t("priorityWord.known", {
		input: unitPrice(input),
		output: unitPrice(output),
		priorityInput: unitPrice(priorityInput),
		priorityOutput: unitPrice(priorityOutput),
		more: percent(more),
	})
}
