import { useState, type ReactNode } from "react"
import { LazyPart } from "./LazyPart"

type LazyDetailsProps = {
	readonly className: string
	readonly summary: ReactNode
	readonly children: ReactNode
}

/** Collapsed content that few users read, so it is loaded and rendered only when it is expanded. */
export function LazyDetails({ className, summary, children }: LazyDetailsProps) {
	const [open, setOpen] = useState(false)
	return (
		<details className={className} onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>{summary}</summary>
			{open && <LazyPart>{children}</LazyPart>}
		</details>
	)
}
