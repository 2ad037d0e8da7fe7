import { useState } from "react"
import { Markdown } from "./Markdown"

type FoldedTextProps = {
	readonly className: string
	readonly title: string
	readonly text: string
}

/** A text that few look at: it is read and drawn when it is unfolded. */
export function FoldedText({ className, title, text }: FoldedTextProps) {
	const [open, setOpen] = useState(false)
	return (
		<details className={className} onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>{title}</summary>
			{open && <Markdown text={text} />}
		</details>
	)
}
