import type { ReactNode } from "react"

export const StandardTooltip = ({ content, children }: { content: ReactNode; children: ReactNode }) => (
	<span title={String(content)}>{children}</span>
)
