import { useState } from "react"
import { Markdown } from "./Markdown"

type FoldedTextProps = {
	readonly className: string
	readonly title: string
	readonly text: string
}

/** A collapsed text that few users read, so it is parsed and rendered only when it is expanded. */
export function FoldedText({ className, title, text }: FoldedTextProps) {
	const [open, setOpen] = useState(false)
	return (
		<details className={className} onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>{title}</summary>
			{open && <Markdown text={text} />}
		</details>
	)
}
