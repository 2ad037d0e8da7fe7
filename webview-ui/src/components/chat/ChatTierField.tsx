import { SELECTABLE_TIERS, type SelectableTier } from "@bedrock-tiers/core"
import { profileTierChoice, type ProfileSettings } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"

type ChatTierFieldProps = {
	/** The profile's settings. */
	readonly settings: ProfileSettings
	/** The chat's own tier; `null` when the profile's tier is used. */
	readonly tier: SelectableTier | null
	readonly onChange: (tier: SelectableTier | null) => void
}

const PROFILE_TIER = "profile"

/** Selects the tier of this chat. Renders nothing when the model is Standard-only. */
export function ChatTierField({ settings, tier, onChange }: ChatTierFieldProps) {
	const locale = useLocale()
	const { t } = locale
	const choice = profileTierChoice(settings, null)
	if (choice.kind === "standard-only") return null
	const profileOption = {
		value: PROFILE_TIER,
		text: t("chatTier.profiles", { tier: locale.tier(settings.serviceTier) }),
	}
	return (
		<div className="chat-tier">
			<Dropdown
				label={t("chatTier.label")}
				value={tier ?? PROFILE_TIER}
				options={[
					profileOption,
					...choice.options.map((option) => ({ value: option.tier, text: locale.tier(option.tier) })),
				]}
				onChange={(value) => onChange(SELECTABLE_TIERS.find((one) => one === value) ?? null)}
			/>
		</div>
	)
}
