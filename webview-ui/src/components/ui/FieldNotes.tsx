import type { ReactNode } from "react"

type FieldNotesProps = { readonly id?: string; readonly hint?: ReactNode; readonly error?: string | undefined }

/** What stands under a field: a hint, and what is wrong with it. */
export function FieldNotes({ id, hint, error }: FieldNotesProps) {
	return (
		<div id={id} className="field-notes">
			{error !== undefined && (
				<p className="field-error" role="alert">
					{error}
				</p>
			)}
			{hint}
		</div>
	)
}
