import {
	profileTierChoice,
	TIER_FALLBACKS,
	type ProfileSettings,
	type WhenTierCannotServe,
} from "@bedrock-tiers/protocol"
import { effectiveTier } from "@bedrock-tiers/core"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"

type TierFallbackFieldProps = {
	readonly settings: ProfileSettings
	readonly error: string | undefined
	readonly onChange: (fallback: WhenTierCannotServe) => void
}

/** What to do when the requested tier cannot serve; renders nothing when no tier is sent. */
export function TierFallbackField({ settings, error, onChange }: TierFallbackFieldProps) {
	const { t } = useLocale()
	const { serviceTier, whenTierCannotServe } = settings
	if (effectiveTier(profileTierChoice(settings, null), serviceTier) === "default") return null
	return (
		<Dropdown
			label={t("tierFallback.label")}
			value={whenTierCannotServe}
			options={TIER_FALLBACKS.map((value) => ({ value, text: t(`tierFallback.${value}`) }))}
			hint={<p className="hint">{t("tierFallback.hint")}</p>}
			error={error}
			onChange={onChange}
		/>
	)
}
