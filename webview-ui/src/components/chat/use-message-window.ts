import type { ChatMessage } from "@bedrock-tiers/protocol"
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual"
import {
	useCallback,
	useEffect,
	useLayoutEffect,
	useRef,
	useState,
	type FocusEvent,
	type KeyboardEvent,
	type MouseEvent,
	type UIEvent,
} from "react"

/** Counts as the end: a line may be half drawn and zoom rounds. */
const NEAR_PX = 24
const SEEKS_END_MS = 2_000
/** Between messages, and around them. */
const GAP_PX = 16
const EDGE_PX = 12

/**
 * Of a long chat only what is in sight is in the page, with a few messages around it and the one that has the focus. The list keeps
 * to its end while it grows, until the person scrolls away or unfolds something.
 */
export function useMessageWindow(messages: readonly ChatMessage[]) {
	const listRef = useRef<HTMLDivElement>(null)
	const [follows, setFollows] = useState(true)
	/** The id of the message that has the focus: taking it out of the page would lose it. */
	const [focusedId, setFocusedId] = useState<string | null>(null)
	const focused = focusedId === null ? -1 : messages.findIndex(({ id }) => id === focusedId)

	const rangeExtractor = useCallback(
		(range: Range) => {
			const indexes = defaultRangeExtractor(range)
			return focused < 0 || indexes.includes(focused)
				? indexes
				: [...indexes, focused].sort((one, other) => one - other)
		},
		[focused],
	)

	// Its functions are only called here, never handed to memoised parts.
	// eslint-disable-next-line react-hooks/incompatible-library
	const list = useVirtualizer({
		count: messages.length,
		getScrollElement: () => listRef.current,
		estimateSize: (index) => estimatedHeight(messages[index]),
		getItemKey: (index) => messages[index]?.id ?? index,
		overscan: 4,
		gap: GAP_PX,
		paddingStart: EDGE_PX,
		paddingEnd: EDGE_PX,
		anchorTo: follows ? "end" : "start",
		followOnAppend: follows,
		scrollEndThreshold: NEAR_PX,
		rangeExtractor,
	})

	const goToEnd = useCallback(() => {
		setFollows(true)
		list.scrollToEnd()
	}, [list])

	useLayoutEffect(() => list.scrollToEnd(), [list])

	/**
	 * Until when the end is sought: it moves while the last messages are drawn and turn out to be taller. For a time only, since
	 * somebody may scroll by other means than are heard here.
	 */
	const seeksEndUntil = useRef(0)
	const seekEnd = (element: HTMLElement | null) => {
		if (element && performance.now() < seeksEndUntil.current) element.scrollTop = element.scrollHeight
	}
	useLayoutEffect(() => seekEnd(listRef.current))
	const stay = () => {
		seeksEndUntil.current = 0
		list.cancelScroll()
	}

	// The composer grows and the view is resized: what was the end stays in sight.
	useEffect(() => {
		const element = listRef.current
		if (!element || !follows) return
		let height = element.clientHeight
		const observer = new ResizeObserver(() => {
			// It also calls when it begins.
			if (element.clientHeight === height) return
			height = element.clientHeight
			list.scrollToEnd()
		})
		observer.observe(element)
		return () => observer.disconnect()
	}, [list, follows])

	// What has the focus may go away: an answer that is asked for again, a button that has done its work.
	const hadFocus = useRef(false)
	useLayoutEffect(() => {
		if (hadFocus.current && document.activeElement === document.body)
			listRef.current?.focus({ preventScroll: true })
	})

	return {
		items: list.getVirtualItems(),
		height: list.getTotalSize(),
		measure: list.measureElement,
		/** Whether the end is in sight and stays so. */
		follows,
		goToEnd,
		listProps: {
			ref: listRef,
			onScroll({ currentTarget }: UIEvent<HTMLElement>) {
				seekEnd(currentTarget)
				// By the measured height: what has just grown is not measured yet, and must not look like scrolling away.
				setFollows(list.getTotalSize() - currentTarget.scrollTop - currentTarget.clientHeight < NEAR_PX)
			},
			// The person's hand comes before a way to the end that is not over.
			onWheel: stay,
			onPointerDown: stay,
			onKeyDown(event: KeyboardEvent<HTMLElement>) {
				stay()
				if (!isBareKey(event) || isTypedInto(event.target)) return
				// The browser would glide there, and stop where messages on the way turn out to be of another height than was thought.
				const { currentTarget } = event
				if (event.key === "Home") currentTarget.scrollTop = 0
				else if (event.key === "End") {
					seeksEndUntil.current = performance.now() + SEEKS_END_MS
					seekEnd(currentTarget)
				} else return
				event.preventDefault()
			},
			onFocus({ target }: FocusEvent) {
				hadFocus.current = true
				setFocusedId(messageIdAt(target))
			},
			onBlur({ relatedTarget }: FocusEvent) {
				// It is the window that has lost the focus, and gets it back.
				if (!document.hasFocus()) return
				hadFocus.current = false
				setFocusedId(relatedTarget && messageIdAt(relatedTarget))
			},
			onClick: ({ target }: MouseEvent) => {
				if (target instanceof Element && target.closest("summary")) setFollows(false)
			},
		},
	}
}

function isBareKey({ ctrlKey, altKey, shiftKey, metaKey }: KeyboardEvent): boolean {
	return !(ctrlKey || altKey || shiftKey || metaKey)
}

function isTypedInto(target: EventTarget): boolean {
	return target instanceof Element && target.closest("input, textarea, select, vscode-text-area") !== null
}

function messageIdAt(element: Element): string | null {
	return element.closest<HTMLElement>("[data-message-id]")?.dataset.messageId ?? null
}

const LINE_PX = 18
const CHARACTERS_A_LINE = 44
const FRAME_PX = 70

/** Until it has been drawn. A good guess keeps the scroll bar calm. */
function estimatedHeight(message: ChatMessage | undefined): number {
	if (!message) return FRAME_PX
	const texts =
		message.role === "user" ? [message.text] : message.parts.map((part) => (part.kind === "text" ? part.text : ""))
	const lines = texts.reduce((sum, text) => sum + Math.ceil(text.length / CHARACTERS_A_LINE), 0)
	return FRAME_PX + lines * LINE_PX
}
