import type { ReactNode } from "react"

type CollapsibleSectionProps = {
	readonly title: string
	/** Settings in effect, as short texts that stay visible while the section is collapsed. */
	readonly summary: readonly string[]
	readonly open: boolean
	readonly onOpen: (open: boolean) => void
	readonly children: ReactNode
}

/** Part of a page that most users do not need. */
export function CollapsibleSection({ title, summary, open, onOpen, children }: CollapsibleSectionProps) {
	return (
		<details className="section" open={open} onToggle={(event) => onOpen(event.currentTarget.open)}>
			<summary>
				<span className="section-title">{title}</span> {summary.join(" · ")}
			</summary>
			<div className="section-fields">{children}</div>
		</details>
	)
}
