import { SELECTABLE_TIERS, tierChoice, type SelectableTier } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"

type ChatTierFieldProps = {
	/** The profile's. */
	readonly settings: ProfileSettings
	/** Null = the profile's. */
	readonly tier: SelectableTier | null
	readonly onChange: (tier: SelectableTier | null) => void
}

const PROFILES = "profile"

/** The tier of this chat; nothing where the model takes none. */
export function ChatTierField({ settings, tier, onChange }: ChatTierFieldProps) {
	const locale = useLocale()
	const { t } = locale
	const choice = tierChoice(settings)
	if (choice.kind === "standard-only") return null
	const inSettings = { value: PROFILES, text: t("chatTier.profiles", { tier: locale.tier(settings.serviceTier) }) }
	return (
		<div className="chat-tier">
			<Dropdown
				label={t("chatTier.label")}
				value={tier ?? PROFILES}
				options={[
					inSettings,
					...choice.options.map((option) => ({ value: option.tier, text: locale.tier(option.tier) })),
				]}
				onChange={(value) => onChange(SELECTABLE_TIERS.find((one) => one === value) ?? null)}
			/>
		</div>
	)
}
