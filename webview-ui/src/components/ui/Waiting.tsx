import { VSCodeProgressRing } from "@vscode/webview-ui-toolkit/react"
import type { ReactNode } from "react"

type WaitingProps = {
	readonly text: string
	/** Heading of the page. */
	readonly children?: ReactNode
}

/** Content of a page until its data has arrived. */
export function Waiting({ text, children }: WaitingProps) {
	return (
		<main className="waiting">
			{children}
			<VSCodeProgressRing aria-label={text} />
			<p>{text}</p>
		</main>
	)
}
