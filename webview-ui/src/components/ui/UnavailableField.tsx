import { FieldNotes } from "./FieldNotes"

type UnavailableFieldProps = {
	/** Why there is no field; `undefined` when no explanation is needed. */
	readonly reason?: string | undefined
	/** Message about a stored value that does not apply; `undefined` when no such value is stored. */
	readonly storedNote?: string | undefined
	readonly error?: string | undefined
}

/** Shown in place of a field that does not apply; renders nothing when there is nothing to show. */
export function UnavailableField({ reason, storedNote, error }: UnavailableFieldProps) {
	if (reason === undefined && storedNote === undefined && error === undefined) return null
	return (
		<div className="field">
			{reason !== undefined && <p>{reason}</p>}
			<FieldNotes hint={storedNote !== undefined && <p className="warning">{storedNote}</p>} error={error} />
		</div>
	)
}
