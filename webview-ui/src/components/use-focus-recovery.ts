import { useEffect, useRef, type RefObject } from "react"

/** What Tab can lead to. */
const REACHABLE =
	"a[href], button, input, select, textarea, summary, vscode-button, vscode-text-field, vscode-text-area, [tabindex='0']"

/** An element that takes the focus itself, by `tabIndex={-1}`, when what had it inside is gone or off. */
export const RECOVERS_FOCUS = { "data-keeps-focus": true, tabIndex: -1 } as const

type Place = {
	readonly at: Element
	/** What takes its place, the best first. */
	readonly next: readonly HTMLElement[]
}

/**
 * Who works by keyboard loses the place when a control goes away or is switched off by what it did: the browser then leaves the
 * focus nowhere. Here it goes to what is around or before it. Parts that know better come first: it waits for them.
 */
export function useFocusRecovery(): RefObject<HTMLDivElement> {
	const root = useRef<HTMLDivElement>(null)
	useEffect(() => (root.current ? recoverFocus(root.current) : undefined), [])
	return root
}

function recoverFocus(root: HTMLElement): () => void {
	let place: Place | null = null
	let isChecking = false

	function check() {
		isChecking = false
		const { activeElement } = document
		if (!place || isUsable(place.at) || !document.hasFocus()) return
		if (activeElement && activeElement !== document.body && isUsable(activeElement)) return
		place.next.find(isUsable)?.focus()
	}
	/** After the effects of what was drawn, and after the browser has taken the focus from what is switched off. */
	function checkSoon() {
		if (!place || isChecking || isUsable(place.at)) return
		isChecking = true
		requestAnimationFrame(() => requestAnimationFrame(check))
	}
	function onFocusIn({ target }: FocusEvent) {
		if (target instanceof Element) place = placeOf(target, root)
	}
	function onFocusOut({ target, relatedTarget }: FocusEvent) {
		if (relatedTarget !== null || !document.hasFocus()) return
		// It also comes while the element is being taken away; the person has left only what is there after that.
		queueMicrotask(() => {
			if (target === place?.at && target instanceof Element && isUsable(target)) place = null
		})
	}

	root.addEventListener("focusin", onFocusIn)
	root.addEventListener("focusout", onFocusOut)
	window.addEventListener("focus", checkSoon)
	const observer = new MutationObserver(checkSoon)
	observer.observe(root, { childList: true, subtree: true, attributeFilter: ["disabled", "hidden", "open"] })
	return () => {
		observer.disconnect()
		root.removeEventListener("focusin", onFocusIn)
		root.removeEventListener("focusout", onFocusOut)
		window.removeEventListener("focus", checkSoon)
	}
}

function placeOf(at: Element, root: HTMLElement): Place {
	const keeper = at.parentElement?.closest<HTMLElement>("[data-keeps-focus]")
	const reachable = [...root.querySelectorAll<HTMLElement>(REACHABLE)]
	const index = reachable.findIndex((element) => element === at)
	const around = index < 0 ? reachable : [...reachable.slice(0, index).reverse(), ...reachable.slice(index + 1)]
	return { at, next: keeper ? [keeper, ...around] : around }
}

function isUsable(element: Element): boolean {
	return element.isConnected && !element.matches(":disabled, [disabled]") && element.checkVisibility()
}
