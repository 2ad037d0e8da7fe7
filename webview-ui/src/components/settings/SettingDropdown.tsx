import type { ProfileSettings } from "@bedrock-tiers/protocol"
import type { ReactNode } from "react"
import { Dropdown, type DropdownOption } from "../ui/Dropdown"
import type { EditorProps } from "./editor-props"

type DropdownSetting =
	| "region"
	| "route"
	| "api"
	| "serviceTier"
	| "whenTierCannotServe"
	| "reasoning"
	| "promptCaching"
	| "backgroundTier"
	| "chatTitles"
	| "http"

type SettingDropdownProps<Setting extends DropdownSetting> = EditorProps & {
	readonly setting: Setting
	readonly label: string
	readonly options: readonly DropdownOption<ProfileSettings[Setting]>[]
	readonly hint?: ReactNode
}

/** Dropdown for a setting of the draft. */
export function SettingDropdown<Setting extends DropdownSetting>(props: SettingDropdownProps<Setting>) {
	const { setting, label, options, hint, draft, error, onChange } = props
	return (
		<Dropdown
			label={label}
			value={draft.edited[setting]}
			options={options}
			hint={hint}
			error={error(`settings.${setting}`)}
			onChange={(value) => onChange({ [setting]: value })}
		/>
	)
}
