import type { ReactNode } from "react"

/** Line that screen readers announce when it changes. Always rendered: a region added with its text is ignored. */
export function StatusLine({ children }: { readonly children: ReactNode }) {
	return (
		<div className="status-line" role="status">
			{children}
		</div>
	)
}
