import type { ReactNode } from "react"

type FoldedSectionProps = {
	readonly title: string
	/** What is in force, to be seen while the section is folded. */
	readonly summary: readonly string[]
	readonly open: boolean
	readonly onOpen: (open: boolean) => void
	readonly children: ReactNode
}

/** A part of a page that most people need not see. */
export function FoldedSection({ title, summary, open, onOpen, children }: FoldedSectionProps) {
	return (
		<details className="section" open={open} onToggle={(event) => onOpen(event.currentTarget.open)}>
			<summary>
				<span className="section-title">{title}</span> {summary.join(" · ")}
			</summary>
			<div className="section-fields">{children}</div>
		</details>
	)
}
