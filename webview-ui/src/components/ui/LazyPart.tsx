import { Suspense, type ReactNode } from "react"

type LazyPartProps = {
	readonly children: ReactNode
	/** Shown until the content is loaded; by default nothing. */
	readonly fallback?: ReactNode
}

/** Suspense boundary. `data-loading` is in the page as long as its content is not, so that tests and screenshots can wait. */
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
