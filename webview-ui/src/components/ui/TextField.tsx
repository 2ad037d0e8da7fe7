import { VSCodeTextField } from "@vscode/webview-ui-toolkit/react"
import type { ReactNode } from "react"
import { FieldNotes } from "./FieldNotes"

export type TextFieldProps = {
	readonly label: string
	readonly value: string
	readonly onChange: (value: string) => void
	/** The toolkit's field does not submit a form on Enter. */
	readonly onEnter?: () => void
	readonly secret?: boolean
	readonly placeholder?: string
	readonly hint?: ReactNode
	readonly error?: string | undefined
}

export function TextField({ label, value, onChange, onEnter, secret, placeholder, hint, error }: TextFieldProps) {
	return (
		<div className="field">
			<VSCodeTextField
				className={error === undefined ? "text-field" : "text-field invalid"}
				type={secret ? "password" : "text"}
				value={value}
				placeholder={placeholder ?? ""}
				spellCheck={false}
				aria-invalid={error !== undefined}
				// The toolkit dispatches its change event only when the field loses the focus.
				onInput={(event) => onChange((event.target as HTMLInputElement).value)}
				onKeyDown={(event) => event.key === "Enter" && onEnter?.()}>
				{label}
			</VSCodeTextField>
			<FieldNotes hint={hint} error={error} />
		</div>
	)
}
