import { FieldNotes } from "./FieldNotes"

type InsteadOfFieldProps = {
	/** Why there is no field here; absent = it needs no saying. */
	readonly sentence?: string | undefined
	/** What is stored and does not apply; absent = nothing. */
	readonly kept?: string | undefined
	readonly error?: string | undefined
}

/** What stands in the place of a field that has no meaning now; nothing where there is nothing to say. */
export function InsteadOfField({ sentence, kept, error }: InsteadOfFieldProps) {
	if (sentence === undefined && kept === undefined && error === undefined) return null
	return (
		<div className="field">
			{sentence !== undefined && <p>{sentence}</p>}
			<FieldNotes hint={kept !== undefined && <p className="warning">{kept}</p>} error={error} />
		</div>
	)
}
