import type { ProfileSettings } from "@bedrock-tiers/protocol"
import type { SettingsDraft } from "../../state/settings-draft"
import type { ErrorAt } from "./field-error"

/** Draft of the active profile's settings, for fields that show and change it. */
export type EditorProps = {
	readonly draft: SettingsDraft
	readonly error: ErrorAt
	readonly onEdit: (change: (draft: SettingsDraft) => SettingsDraft) => void
	readonly onChange: (settings: Partial<ProfileSettings>) => void
}
