import type { ReactNode } from "react"
import { withoutUnreadable, withUnreadable, type SettingsDraft } from "../../state/settings-draft"
import { InsteadOfField } from "../ui/InsteadOfField"
import { NumberField } from "../ui/NumberField"
import type { NumberLimits } from "../ui/read-number"
import type { ErrorAt } from "./field-error"

export type DraftProps = {
	readonly draft: SettingsDraft
	readonly error: ErrorAt
	readonly onEdit: (change: (draft: SettingsDraft) => SettingsDraft) => void
}

/** Settings that are a number, or null where the person leaves it to others. */
export type NumberSetting = "thinkingBudgetTokens" | "maxTokens" | "temperature" | "idleLimitMinutes" | "taskLimitUsd"

type DraftNumberFieldProps = DraftProps & {
	readonly setting: NumberSetting
	readonly label: string
	readonly limits: NumberLimits
	readonly example: string
	readonly hint?: ReactNode
	/** False = `instead` stands in the field's place, and a number that is stored is said to be kept. */
	readonly applies?: boolean
	readonly instead?: string | undefined
	readonly kept?: (value: number) => string
}

/** One of the draft's numbers. Text that cannot be read keeps its field, since it blocks saving. */
export function DraftNumberField(props: DraftNumberFieldProps) {
	const { setting, draft, error, onEdit, applies = true, instead, kept, ...field } = props
	const path = `settings.${setting}` as const
	const value = draft.edited[setting]
	const unreadable = draft.unreadable[path]
	if (!applies && unreadable === undefined)
		return (
			<InsteadOfField sentence={instead} kept={value === null ? undefined : kept?.(value)} error={error(path)} />
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
