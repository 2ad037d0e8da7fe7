import { tierChoice, type TierChoice } from "@bedrock-tiers/core"
import { BACKGROUND_TIERS, CHAT_TITLES, type BackgroundTier, type ProfileSettings } from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"
import { FoldedSection } from "../ui/FoldedSection"
import { InsteadOfField } from "../ui/InsteadOfField"
import type { ErrorAt } from "./field-error"

type BackgroundSectionProps = {
	readonly settings: ProfileSettings
	readonly error: ErrorAt
	readonly open: boolean
	readonly onOpen: (open: boolean) => void
	readonly onChange: (part: Partial<ProfileSettings>) => void
}

/** Requests that nobody waits for: the titles of chats, the summaries of long ones. */
export function BackgroundSection({ settings, error, open, onOpen, onChange }: BackgroundSectionProps) {
	const locale = useLocale()
	const { t } = locale
	const { modelId, api, region, route, declaredModels, serviceTier, backgroundTier, chatTitles } = settings
	const choice = tierChoice({ modelId, api, region, route, declaredModels })
	const isTaken = takes(choice, backgroundTier)
	const kept =
		isTaken || backgroundTier === "same"
			? undefined
			: t("tierField.keptForLater", { tier: locale.tier(backgroundTier) })
	const model = choice.model?.name ?? modelId
	const chatTier = locale.tier(takes(choice, serviceTier) ? serviceTier : "default")
	const summary = [
		...(isTaken && backgroundTier !== "same" ? [locale.tier(backgroundTier)] : []),
		...(chatTitles === "written" ? [t("background.titlesWritten")] : []),
	]
	return (
		<FoldedSection title={t("background.title")} summary={summary} open={open} onOpen={onOpen}>
			<p className="hint">{t("background.hint")}</p>
			{choice.kind === "standard-only" ? (
				<InsteadOfField
					sentence={t("background.standardOnly", { model })}
					kept={kept}
					error={error("settings.backgroundTier")}
				/>
			) : (
				<Dropdown
					label={t("background.tier")}
					value={backgroundTier}
					options={BACKGROUND_TIERS.filter((tier) => tier === backgroundTier || takes(choice, tier)).map(
						(tier) => ({ value: tier, text: optionText(tier, choice, chatTier, locale) }),
					)}
					hint={kept !== undefined && <p className="warning">{kept}</p>}
					error={error("settings.backgroundTier")}
					onChange={(tier) => onChange({ backgroundTier: tier })}
				/>
			)}
			<Dropdown
				label={t("background.titles")}
				value={chatTitles}
				options={CHAT_TITLES.map((value) => ({ value, text: t(`background.${value}`) }))}
				hint={chatTitles === "written" && <p className="hint">{t("background.writtenHint")}</p>}
				error={error("settings.chatTitles")}
				onChange={(titles) => onChange({ chatTitles: titles })}
			/>
		</FoldedSection>
	)
}

function takes({ options }: TierChoice, tier: BackgroundTier): boolean {
	return tier === "same" || options.some((option) => option.tier === tier)
}

function optionText(tier: BackgroundTier, choice: TierChoice, chatTier: string, { t, tier: name }: Locale): string {
	if (tier === "same") return t("background.same", { tier: chatTier })
	if (!takes(choice, tier)) return t("tierField.notTakenOption", { tier: name(tier) })
	const option = t(`tierPromise.${tier}`)
	const contested = choice.options.some((each) => each.tier === tier && each.contested)
	return contested ? t("tierField.contestedOption", { option }) : option
}
