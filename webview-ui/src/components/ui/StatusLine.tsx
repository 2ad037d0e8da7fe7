import type { ReactNode } from "react"

/** One line that is read out when it changes. Always in the page, since a region that appears with its text is not. */
export function StatusLine({ children }: { readonly children: ReactNode }) {
	return (
		<div className="status-line" role="status">
			{children}
		</div>
	)
}
