import { withoutUnreadable, withUnreadable } from "../../state/settings-draft"
import { NumberField, type NumberFieldProps } from "../ui/NumberField"
import { UnavailableField } from "../ui/UnavailableField"
import type { EditorProps } from "./editor-props"

type NumberSetting =
	"thinkingBudgetTokens" | "maxTokens" | "temperature" | "idleLimitMinutes" | "taskLimitUsd" | "discountPercent"
type FieldProps = Pick<NumberFieldProps, "label" | "limits" | "example" | "placeholder" | "hint">

type DraftNumberFieldProps = Omit<EditorProps, "onChange"> &
	FieldProps & {
		readonly setting: NumberSetting
		/** Value of an empty field; by default `null`, when the user sets no number. */
		readonly empty?: number | null
		/** When false, `reason` is shown in place of the field, with `storedNote` when a number is stored. */
		readonly applies?: boolean
		readonly reason?: string
		readonly storedNote?: (value: number) => string
	}

/** Field for a number of the draft. It stays visible while its text is unreadable, because that blocks saving. */
export function DraftNumberField(props: DraftNumberFieldProps) {
	const { setting, draft, error, onEdit, applies = true, empty = null, reason, storedNote, ...field } = props
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
			empty={empty}
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
