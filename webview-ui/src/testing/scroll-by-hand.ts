/** Scrolls as a wheel does: the event marks the scrolling as the user's own. */
export function scrollByHand(element: Element, top: number): void {
	element.dispatchEvent(new WheelEvent("wheel", { bubbles: true }))
	element.scrollTop = top
}
