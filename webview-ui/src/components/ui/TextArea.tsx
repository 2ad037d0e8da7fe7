import { VSCodeTextArea } from "@vscode/webview-ui-toolkit/react"
import type { KeyboardEvent } from "react"

type TextAreaProps = {
	readonly label: string
	readonly value: string
	readonly placeholder?: string
	readonly onChange: (value: string) => void
	readonly onKeyDown: (event: KeyboardEvent) => void
}

/** Text box of a message. */
export function TextArea({ label, value, placeholder = "", onChange, onKeyDown }: TextAreaProps) {
	return (
		<VSCodeTextArea
			className="composer-text"
			placeholder={placeholder}
			rows={2}
			value={value}
			onInput={(event) => onChange((event.target as HTMLTextAreaElement).value)}
			onKeyDown={onKeyDown}>
			{/* The label is text, since the toolkit replaces an `aria-label` with this content. */}
			{label}
		</VSCodeTextArea>
	)
}
