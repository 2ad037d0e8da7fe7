import { effectiveTier, type TierChoice } from "@bedrock-tiers/core"
import {
	BACKGROUND_TIERS,
	CHAT_TITLES,
	profileTierChoice,
	type BackgroundTier,
	type ProfileSettings,
} from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"
import { CollapsibleSection } from "../ui/CollapsibleSection"
import { UnavailableField } from "../ui/UnavailableField"
import type { ErrorAt } from "./field-error"

type BackgroundSectionProps = {
	readonly settings: ProfileSettings
	readonly error: ErrorAt
	readonly open: boolean
	readonly onOpen: (open: boolean) => void
	readonly onChange: (part: Partial<ProfileSettings>) => void
}

/** Settings of requests that the user does not wait for: titles of chats and summaries of long chats. */
export function BackgroundSection({ settings, error, open, onOpen, onChange }: BackgroundSectionProps) {
	const locale = useLocale()
	const { t } = locale
	const { modelId, serviceTier, backgroundTier, chatTitles } = settings
	const choice = profileTierChoice(settings, null)
	const isSupported = supportsTier(choice, backgroundTier)
	const storedNote =
		isSupported || backgroundTier === "same"
			? undefined
			: t("tierField.keptForLater", { tier: locale.tier(backgroundTier) })
	const model = choice.model?.name ?? modelId
	const chatTier = locale.tier(effectiveTier(choice, serviceTier))
	const summary = [
		...(isSupported && backgroundTier !== "same" ? [locale.tier(backgroundTier)] : []),
		...(chatTitles === "written" ? [t("background.titlesWritten")] : []),
	]
	return (
		<CollapsibleSection title={t("background.title")} summary={summary} open={open} onOpen={onOpen}>
			<p className="hint">{t("background.hint")}</p>
			{choice.kind === "standard-only" ? (
				<UnavailableField
					reason={t("background.standardOnly", { model })}
					storedNote={storedNote}
					error={error("settings.backgroundTier")}
				/>
			) : (
				<Dropdown
					label={t("background.tier")}
					value={backgroundTier}
					options={BACKGROUND_TIERS.filter(
						(tier) => tier === backgroundTier || supportsTier(choice, tier),
					).map((tier) => ({ value: tier, text: optionText(tier, choice, chatTier, locale) }))}
					hint={storedNote !== undefined && <p className="warning">{storedNote}</p>}
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
		</CollapsibleSection>
	)
}

function supportsTier({ options }: TierChoice, tier: BackgroundTier): boolean {
	return tier === "same" || options.some((option) => option.tier === tier)
}

function optionText(tier: BackgroundTier, choice: TierChoice, chatTier: string, { t, tier: name }: Locale): string {
	if (tier === "same") return t("background.same", { tier: chatTier })
	if (!supportsTier(choice, tier)) return t("tierField.notTakenOption", { tier: name(tier) })
	const option = t(`tierPromise.${tier}`)
	const isDisputed = choice.options.some((each) => each.tier === tier && each.contested)
	return isDisputed ? t("tierField.contestedOption", { option }) : option
}
