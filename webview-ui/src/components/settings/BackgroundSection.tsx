import { effectiveTier, type TierChoice } from "@bedrock-tiers/core"
import { BACKGROUND_TIERS, CHAT_TITLES, profileTierChoice, type BackgroundTier } from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { UnavailableField } from "../ui/UnavailableField"
import type { EditorProps } from "./editor-props"
import { SettingDropdown } from "./SettingDropdown"
import { SettingsSection } from "./SettingsSection"

/** Settings of requests that the user does not wait for: titles of chats and summaries of long chats. */
export function BackgroundSection(editor: EditorProps) {
	const locale = useLocale()
	const { t } = locale
	const settings = editor.draft.edited
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
		<SettingsSection section="background" title={t("background.title")} summary={summary}>
			<p className="hint">{t("background.hint")}</p>
			{choice.kind === "standard-only" ? (
				<UnavailableField
					reason={t("background.standardOnly", { model })}
					storedNote={storedNote}
					error={editor.error("settings.backgroundTier")}
				/>
			) : (
				<SettingDropdown
					{...editor}
					setting="backgroundTier"
					label={t("background.tier")}
					options={BACKGROUND_TIERS.filter(
						(tier) => tier === backgroundTier || supportsTier(choice, tier),
					).map((tier) => ({ value: tier, text: optionText(tier, choice, chatTier, locale) }))}
					hint={storedNote !== undefined && <p className="warning">{storedNote}</p>}
				/>
			)}
			<SettingDropdown
				{...editor}
				setting="chatTitles"
				label={t("background.titles")}
				options={CHAT_TITLES.map((value) => ({ value, text: t(`background.${value}`) }))}
				hint={chatTitles === "written" && t("background.writtenHint")}
			/>
		</SettingsSection>
	)
}

function supportsTier({ options }: TierChoice, tier: BackgroundTier): boolean {
	return tier === "same" || options.some((option) => option.tier === tier)
}

function optionText(tier: BackgroundTier, choice: TierChoice, chatTier: string, { t, tier: name }: Locale): string {
	if (tier === "same") return t("background.same", { tier: chatTier })
	const offered = choice.options.find((option) => option.tier === tier)
	if (!offered) return t("tierField.notTakenOption", { tier: name(tier) })
	const option = t(`tierPromise.${tier}`)
	return offered.contested ? t("tierField.contestedOption", { option }) : option
}
