import { effectiveTier } from "@bedrock-tiers/core"
import { profileTierChoice, TIER_FALLBACKS } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import type { EditorProps } from "./editor-props"
import { SettingDropdown } from "./SettingDropdown"

/** What to do when the requested tier cannot serve; renders nothing when no tier is sent. */
export function TierFallbackField(editor: EditorProps) {
	const { t } = useLocale()
	const settings = editor.draft.edited
	if (effectiveTier(profileTierChoice(settings, null), settings.serviceTier) === "default") return null
	return (
		<SettingDropdown
			{...editor}
			setting="whenTierCannotServe"
			label={t("tierFallback.label")}
			options={TIER_FALLBACKS.map((value) => ({ value, text: t(`tierFallback.${value}`) }))}
			hint={t("tierFallback.hint")}
		/>
	)
}
