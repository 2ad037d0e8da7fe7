import { VSCodeButton } from "@vscode/webview-ui-toolkit/react"

type ButtonProps = {
	readonly children: string
	readonly onClick: () => void
	/** `quiet` looks like a button of a VS Code toolbar. */
	readonly look?: "primary" | "secondary" | "quiet"
	readonly disabled?: boolean
	/** Accessible name, for a button whose text alone is ambiguous; by default the text. */
	readonly label?: string
}

export function Button({ children, onClick, look = "primary", disabled = false, label }: ButtonProps) {
	return (
		<VSCodeButton
			className={look === "quiet" ? "button-quiet" : "button"}
			appearance={look === "quiet" ? "icon" : look}
			// Without a label, the toolkit names every icon button "Icon Button", whatever its content.
			aria-label={label ?? children}
			disabled={disabled}
			onClick={onClick}>
			{children}
		</VSCodeButton>
	)
}
