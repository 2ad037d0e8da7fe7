import type { SelectableTier } from "@bedrock-tiers/core"
import { profileTierChoice, type ProfileSettings } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Dropdown } from "../ui/Dropdown"

type ChatTierFieldProps = {
	/** The profile's settings. */
	readonly settings: ProfileSettings
	/** The chat's own tier; `null` when the profile's tier is used. */
	readonly tier: SelectableTier | null
}

const PROFILE_TIER = "profile"

/** Selects the tier of this chat. Renders nothing when the model is Standard-only. */
export function ChatTierField({ settings, tier }: ChatTierFieldProps) {
	const locale = useLocale()
	const { t } = locale
	const store = useStore()
	const choice = profileTierChoice(settings, null)
	if (choice.kind === "standard-only") return null
	return (
		<Dropdown
			label={t("chatTier.label")}
			value={tier ?? PROFILE_TIER}
			options={[
				{ value: PROFILE_TIER, text: t("chatTier.profiles", { tier: locale.tier(settings.serviceTier) }) },
				...choice.options.map((option) => ({ value: option.tier, text: locale.tier(option.tier) })),
			]}
			onChange={(value) => store.chooseChatTier(value === PROFILE_TIER ? null : value)}
		/>
	)
}
