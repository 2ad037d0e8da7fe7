import type { ReactNode } from "react"
import { withoutUnreadable, withUnreadable, type SettingsDraft } from "../../state/settings-draft"
import { NumberField } from "../ui/NumberField"
import type { NumberLimits } from "../ui/read-number"
import { UnavailableField } from "../ui/UnavailableField"
import type { ErrorAt } from "./field-error"

export type DraftProps = {
	readonly draft: SettingsDraft
	readonly error: ErrorAt
	readonly onEdit: (change: (draft: SettingsDraft) => SettingsDraft) => void
}

/** Settings that are a number, or `null` when the user sets none. */
export type NumberSetting = "thinkingBudgetTokens" | "maxTokens" | "temperature" | "idleLimitMinutes" | "taskLimitUsd"

type DraftNumberFieldProps = DraftProps & {
	readonly setting: NumberSetting
	readonly label: string
	readonly limits: NumberLimits
	readonly example: string
	readonly hint?: ReactNode
	/** When false, `reason` is shown in place of the field, with `storedNote` when a number is stored. */
	readonly applies?: boolean
	readonly reason?: string | undefined
	readonly storedNote?: (value: number) => string
}

/** Field for a number of the draft. It stays visible while its text is unreadable, because that blocks saving. */
export function DraftNumberField(props: DraftNumberFieldProps) {
	const { setting, draft, error, onEdit, applies = true, reason, storedNote, ...field } = props
	const path = `settings.${setting}` as const
	const value = draft.edited[setting]
	const unreadable = draft.unreadable[path]
	if (!applies && unreadable === undefined)
		return (
			<UnavailableField
				reason={reason}
				storedNote={value === null ? undefined : storedNote?.(value)}
				error={error(path)}
			/>
		)
	return (
		<NumberField
			{...field}
			value={value}
			empty={null}
			unreadable={unreadable}
			error={error(path)}
			onNumber={(number) =>
				onEdit((before) => ({
					...withoutUnreadable(before, path),
					edited: { ...before.edited, [setting]: number },
				}))
			}
			onUnreadable={(text) => onEdit((before) => withUnreadable(before, path, text))}
		/>
	)
}
