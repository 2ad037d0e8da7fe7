import { Suspense, type ReactNode } from "react"

type LazyPartProps = {
	readonly children: ReactNode
	/** Rendered until the content is loaded; by default nothing. */
	readonly fallback?: ReactNode
}

/** Suspense boundary. Tests and screenshots wait until the content has replaced the `data-loading` element. */
export function LazyPart({ children, fallback }: LazyPartProps) {
	return (
		<Suspense
			fallback={
				<>
					{fallback}
					<span hidden data-loading />
				</>
			}>
			{children}
		</Suspense>
	)
}
