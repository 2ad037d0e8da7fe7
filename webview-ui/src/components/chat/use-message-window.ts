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

/** Distance that still counts as the end: a line may be partly visible, and zoom rounds lengths. */
const NEAR_END_PX = 24
const SEEK_END_MS = 2_000
/** Space between messages. */
const GAP_PX = 16
/** Space before the first and after the last message. */
const EDGE_PX = 12

/**
 * Virtual list of messages. Of a long chat, only the visible messages are in the page, with a few around them and the
 * one that has the focus. The list follows its end while it grows, until the user scrolls away or expands something.
 */
export function useMessageWindow(messages: readonly ChatMessage[]) {
	const listRef = useRef<HTMLDivElement>(null)
	const [follows, setFollows] = useState(true)
	/** Id of the message that has the focus: removing it from the page would lose the focus. */
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

	// The virtualizer's functions are only called here, never passed to memoized components.
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
		scrollEndThreshold: NEAR_END_PX,
		rangeExtractor,
	})

	const goToEnd = useCallback(() => {
		setFollows(true)
		list.scrollToEnd()
	}, [list])

	useLayoutEffect(() => list.scrollToEnd(), [list])

	/**
	 * Time until which the list scrolls to its end again and again: the end moves while the last messages are rendered
	 * and turn out to be taller. Limited, since the user may scroll by means that have no event handler here.
	 */
	const seekEndUntil = useRef(0)
	const seekEnd = (element: HTMLElement | null) => {
		if (element && performance.now() < seekEndUntil.current) element.scrollTop = element.scrollHeight
	}
	useLayoutEffect(() => seekEnd(listRef.current))
	const cancelSeek = () => {
		seekEndUntil.current = 0
		list.cancelScroll()
	}

	// The end stays visible when the composer grows or the view is resized.
	useEffect(() => {
		const element = listRef.current
		if (!element || !follows) return
		let height = element.clientHeight
		const observer = new ResizeObserver(() => {
			// The observer also calls back when it starts to observe.
			if (element.clientHeight === height) return
			height = element.clientHeight
			list.scrollToEnd()
		})
		observer.observe(element)
		return () => observer.disconnect()
	}, [list, follows])

	// The focused element may be removed: with an answer that is requested again, or as a button after its action.
	const hadFocus = useRef(false)
	useLayoutEffect(() => {
		if (hadFocus.current && document.activeElement === document.body)
			listRef.current?.focus({ preventScroll: true })
	})

	return {
		items: list.getVirtualItems(),
		height: list.getTotalSize(),
		measure: list.measureElement,
		/** Whether the list follows its end. */
		follows,
		goToEnd,
		listProps: {
			ref: listRef,
			onScroll({ currentTarget }: UIEvent<HTMLElement>) {
				seekEnd(currentTarget)
				// Uses the measured height: unmeasured content that has just grown must not count as scrolling away.
				setFollows(list.getTotalSize() - currentTarget.scrollTop - currentTarget.clientHeight < NEAR_END_PX)
			},
			// User input cancels scrolling to the end.
			onWheel: cancelSeek,
			onPointerDown: cancelSeek,
			onKeyDown(event: KeyboardEvent<HTMLElement>) {
				cancelSeek()
				if (!isBareKey(event) || isTextInput(event.target)) return
				// The browser would scroll smoothly, and stop at messages whose height differs from the estimate.
				const { currentTarget } = event
				if (event.key === "Home") currentTarget.scrollTop = 0
				else if (event.key === "End") {
					seekEndUntil.current = performance.now() + SEEK_END_MS
					seekEnd(currentTarget)
				} else return
				event.preventDefault()
			},
			onFocus({ target }: FocusEvent) {
				hadFocus.current = true
				setFocusedId(messageIdAt(target))
			},
			onBlur({ relatedTarget }: FocusEvent) {
				// The window itself lost the focus, and restores it later.
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

function isTextInput(target: EventTarget): boolean {
	return target instanceof Element && target.closest("input, textarea, select, vscode-text-area") !== null
}

function messageIdAt(element: Element): string | null {
	return element.closest<HTMLElement>("[data-message-id]")?.dataset.messageId ?? null
}

const LINE_PX = 18
const CHARACTERS_PER_LINE = 44
const FRAME_PX = 70

/** Height of a message that has not been rendered yet. A good estimate keeps the scroll bar steady. */
function estimatedHeight(message: ChatMessage | undefined): number {
	if (!message) return FRAME_PX
	const texts =
		message.role === "user" ? [message.text] : message.parts.map((part) => (part.kind === "text" ? part.text : ""))
	const lines = texts.reduce((sum, text) => sum + Math.ceil(text.length / CHARACTERS_PER_LINE), 0)
	return FRAME_PX + lines * LINE_PX
}
