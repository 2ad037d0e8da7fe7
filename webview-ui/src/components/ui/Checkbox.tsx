import { useId, type ReactNode } from "react"
import { FieldNotes } from "./FieldNotes"

type CheckboxProps = {
	readonly label: string
	readonly checked: boolean
	readonly onChange: (checked: boolean) => void
	readonly disabled?: boolean
	readonly hint?: ReactNode
}

/** Native checkbox, because the toolkit's also reports a change when it is only rendered again. */
export function Checkbox({ label, checked, onChange, disabled, hint }: CheckboxProps) {
	const id = useId()
	return (
		<div className="checkbox">
			<label>
				<input
					type="checkbox"
					checked={checked}
					disabled={disabled}
					aria-describedby={`${id}-notes`}
					onChange={(event) => onChange(event.target.checked)}
				/>
				<span>{label}</span>
			</label>
			<FieldNotes id={`${id}-notes`} hint={hint} />
		</div>
	)
}
