import { useId, type ReactNode } from "react"
import { useLocale } from "../../locale"
import { FieldNotes } from "./FieldNotes"

export type DropdownOption<Value extends string> = {
	readonly value: Value
	readonly text: string
	/** Options with the same group that follow each other stand under its heading. */
	readonly group?: string
}

type DropdownProps<Value extends string> = {
	readonly label: string
	readonly value: Value
	readonly options: readonly DropdownOption<Value>[]
	readonly onChange: (value: Value) => void
	readonly hint?: ReactNode
	readonly error?: string | undefined
	readonly disabled?: boolean
}

/**
 * The one dropdown. What it shows is always its `value`, also one that is not among the options.
 * A native select, since the toolkit's shows values that were never stored (after a pick and an arrow key, after
 * opening and leaving with Tab, after an option was put in front).
 */
export function Dropdown<Value extends string>(props: DropdownProps<Value>) {
	const { label, value, options, onChange, hint, error, disabled } = props
	const { t } = useLocale()
	const id = useId()
	const listed = options.some((option) => option.value === value)
	return (
		<div className="field">
			<label htmlFor={id}>{label}</label>
			<div className="dropdown">
				<select
					id={id}
					value={value}
					disabled={disabled}
					autoComplete="off"
					aria-invalid={error !== undefined}
					aria-describedby={`${id}-notes`}
					onChange={(event) => {
						const chosen = options.find((option) => option.value === event.target.value)
						if (chosen) onChange(chosen.value)
					}}>
					{!listed && <option value={value}>{t("dropdown.notListed", { value })}</option>}
					{groups(options).map(({ group, members }) =>
						group === undefined ? (
							members.map(renderOption)
						) : (
							<optgroup key={`group ${group}`} label={group}>
								{members.map(renderOption)}
							</optgroup>
						),
					)}
				</select>
				<svg className="dropdown-arrow" viewBox="0 0 16 16" aria-hidden="true">
					<path d="M3 6l5 5 5-5" />
				</svg>
			</div>
			<FieldNotes id={`${id}-notes`} hint={hint} error={error} />
		</div>
	)
}

function renderOption({ value, text }: DropdownOption<string>) {
	return (
		<option key={value} value={value}>
			{text}
		</option>
	)
}

type Group<Value extends string> = { group: string | undefined; members: DropdownOption<Value>[] }

function groups<Value extends string>(options: readonly DropdownOption<Value>[]): Group<Value>[] {
	const found: Group<Value>[] = []
	for (const option of options) {
		const last = found.at(-1)
		if (last && last.group === option.group) last.members.push(option)
		else found.push({ group: option.group, members: [option] })
	}
	return found
}
