import { useEffect, useRef, type RefObject } from "react"

/** Elements that Tab can reach. */
const REACHABLE =
	"a[href], button, input, select, textarea, summary, vscode-button, vscode-text-field, vscode-text-area, [tabindex='0']"

/** Props of an element that gets the focus when the focused element inside it was removed or disabled. */
export const RECOVERS_FOCUS = { "data-keeps-focus": true, tabIndex: -1 } as const

type FocusOrigin = {
	readonly element: Element
	/** Elements that get the focus instead, the best first. */
	readonly fallbacks: readonly HTMLElement[]
}

/**
 * Keyboard users lose their place when an action removes or disables the focused control: the browser then focuses
 * nothing. This hook moves the focus to an element around or before the control. It waits first, so that components
 * with a better target can set the focus themselves.
 */
export function useFocusRecovery(): RefObject<HTMLDivElement> {
	const root = useRef<HTMLDivElement>(null)
	useEffect(() => (root.current ? recoverFocus(root.current) : undefined), [])
	return root
}

function recoverFocus(root: HTMLElement): () => void {
	let origin: FocusOrigin | null = null
	let isChecking = false

	function check() {
		isChecking = false
		const { activeElement } = document
		if (!origin || isUsable(origin.element) || !document.hasFocus()) return
		if (activeElement && activeElement !== document.body && isUsable(activeElement)) return
		origin.fallbacks.find(isUsable)?.focus()
	}
	/** Checks after the effects of the render, and after the browser has removed the focus from a disabled element. */
	function checkSoon() {
		if (!origin || isChecking || isUsable(origin.element)) return
		isChecking = true
		requestAnimationFrame(() => requestAnimationFrame(check))
	}
	function onFocusIn({ target }: FocusEvent) {
		if (target instanceof Element) origin = focusOriginOf(target, root)
	}
	function onFocusOut({ target, relatedTarget }: FocusEvent) {
		if (relatedTarget !== null || !document.hasFocus()) return
		// Also dispatched while the element is removed. The user has left it only if it is still usable afterwards.
		queueMicrotask(() => {
			if (target === origin?.element && target instanceof Element && isUsable(target)) origin = null
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

function focusOriginOf(element: Element, root: HTMLElement): FocusOrigin {
	const recoveryTarget = element.parentElement?.closest<HTMLElement>("[data-keeps-focus]")
	const reachable = [...root.querySelectorAll<HTMLElement>(REACHABLE)]
	const index = reachable.findIndex((other) => other === element)
	const nearest = index < 0 ? reachable : [...reachable.slice(0, index).reverse(), ...reachable.slice(index + 1)]
	return { element, fallbacks: recoveryTarget ? [recoveryTarget, ...nearest] : nearest }
}

function isUsable(element: Element): boolean {
	return element.isConnected && !element.matches(":disabled, [disabled]") && element.checkVisibility()
}
