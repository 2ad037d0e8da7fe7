import { VSCodeButton } from "@vscode/webview-ui-toolkit/react"
import type { ReactNode } from "react"

type ButtonProps = {
	readonly children: ReactNode
	readonly onClick: () => void
	/** `quiet` looks like a button of VS Code's own toolbars. */
	readonly look?: "primary" | "secondary" | "quiet"
	readonly disabled?: boolean
	/** For a button that switches something on and off. */
	readonly pressed?: boolean
}

export function Button({ children, onClick, look = "primary", disabled = false, pressed }: ButtonProps) {
	return (
		<VSCodeButton
			className={look === "quiet" ? "button-quiet" : "button"}
			appearance={look === "quiet" ? "icon" : look}
			disabled={disabled}
			{...(pressed === undefined ? {} : { "aria-pressed": pressed })}
			onClick={onClick}>
			{children}
		</VSCodeButton>
	)
}
