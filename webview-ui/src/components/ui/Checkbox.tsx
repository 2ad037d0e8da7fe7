import { useId, type ReactNode } from "react"
import { FieldNotes } from "./FieldNotes"

type CheckboxProps = {
	readonly label: string
	readonly checked: boolean
	readonly onChange: (checked: boolean) => void
	readonly hint?: ReactNode
}

/** The browser's own: the toolkit's reports a change also when it is only drawn anew. */
export function Checkbox({ label, checked, onChange, hint }: CheckboxProps) {
	const id = useId()
	return (
		<div className="checkbox">
			<label>
				<input
					type="checkbox"
					checked={checked}
					aria-describedby={`${id}-notes`}
					onChange={(event) => onChange(event.target.checked)}
				/>
				<span>{label}</span>
			</label>
			<FieldNotes id={`${id}-notes`} hint={hint} />
		</div>
	)
}
