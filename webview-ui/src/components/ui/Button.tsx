import { VSCodeButton } from "@vscode/webview-ui-toolkit/react"

type ButtonProps = {
	readonly children: string
	readonly onClick: () => void
	/** `quiet` looks like a button of VS Code's own toolbars. */
	readonly look?: "primary" | "secondary" | "quiet"
	readonly disabled?: boolean
	/** What it is called where its text alone does not say it. */
	readonly label?: string
}

export function Button({ children, onClick, look = "primary", disabled = false, label }: ButtonProps) {
	return (
		<VSCodeButton
			className={look === "quiet" ? "button-quiet" : "button"}
			appearance={look === "quiet" ? "icon" : look}
			// The toolkit names an icon button without this "Icon Button", whatever stands in it.
			aria-label={label ?? children}
			disabled={disabled}
			onClick={onClick}>
			{children}
		</VSCodeButton>
	)
}
