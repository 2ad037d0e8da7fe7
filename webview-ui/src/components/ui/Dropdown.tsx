import { useId, type ReactNode } from "react"
import { useLocale } from "../../locale"
import { FieldNotes } from "./FieldNotes"

export type DropdownOption<Value extends string> = {
	readonly value: Value
	readonly text: string
	/** Consecutive options with the same group are listed under its heading. */
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
 * The only dropdown component. It always shows its `value`, even one that is not among the options.
 * It is a native select, because the toolkit's dropdown shows values that were never stored: after a pick followed by
 * an arrow key, after opening it and leaving with Tab, and after an option was inserted before the others.
 */
export function Dropdown<Value extends string>(props: DropdownProps<Value>) {
	const { label, value, options, onChange, hint, error, disabled } = props
	const { t } = useLocale()
	const id = useId()
	const isListed = options.some((option) => option.value === value)
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
					{!isListed && <option value={value}>{t("dropdown.notListed", { value })}</option>}
					{groupOptions(options).map(({ group, members }) =>
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

/** Groups consecutive options. */
export function groupOptions<Option extends DropdownOption<string>>(options: readonly Option[]) {
	const groups: { readonly group: string | undefined; readonly members: Option[] }[] = []
	for (const option of options) {
		const last = groups.at(-1)
		if (last && last.group === option.group) last.members.push(option)
		else groups.push({ group: option.group, members: [option] })
	}
	return groups
}
