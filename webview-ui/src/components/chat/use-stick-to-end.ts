import { useCallback, useLayoutEffect, useRef } from "react"

/** Counts as the end: a line may be half drawn and zoom rounds. */
const NEAR_PX = 24

/** Keeps a list that grows at its end, as long as the person has not scrolled away from it. */
export function useStickToEnd() {
	const listRef = useRef<HTMLDivElement>(null)
	const atEnd = useRef(true)

	const goToEnd = useCallback(() => {
		const list = listRef.current
		if (list) list.scrollTop = list.scrollHeight
		atEnd.current = true
	}, [])

	const onScroll = useCallback(() => {
		const list = listRef.current
		if (list) atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX
	}, [])

	useLayoutEffect(() => {
		if (atEnd.current) goToEnd()
	})

	return { listRef, onScroll, goToEnd }
}
