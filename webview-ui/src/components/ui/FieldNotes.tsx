import type { ReactNode } from "react"

type FieldNotesProps = {
	readonly id?: string
	/** A text, or elements for a warning or several notes. */
	readonly hint?: ReactNode
	readonly error?: string | undefined
}

/** Error message and hint below a field. */
export function FieldNotes({ id, hint, error }: FieldNotesProps) {
	return (
		<div id={id} className="field-notes">
			{error !== undefined && (
				<p className="field-error" role="alert">
					{error}
				</p>
			)}
			{typeof hint === "string" ? <p className="hint">{hint}</p> : hint}
		</div>
	)
}
