import type { Profile } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"

type ProfileSwitchProps = {
	readonly profiles: readonly Profile[]
	readonly activeProfileId: string
	readonly onSelect: (profileId: string) => void
}

/** Selects the profile of the next message. Renders nothing when there are fewer than two profiles. */
export function ProfileSwitch({ profiles, activeProfileId, onSelect }: ProfileSwitchProps) {
	const { t } = useLocale()
	if (profiles.length < 2) return null
	return (
		<div className="profile-switch">
			<Dropdown
				label={t("app.profile")}
				value={activeProfileId}
				options={profiles.map(({ id, name }) => ({ value: id, text: name }))}
				onChange={onSelect}
			/>
		</div>
	)
}
