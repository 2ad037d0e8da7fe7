import type { KeyboardEvent } from "react"

/** Whether a key in a text box sends it: Enter alone, and not the one that ends a composition. */
export function isSendKey(event: KeyboardEvent): boolean {
	// 229: the Enter that ends a composition comes after its end in some browsers.
	return event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing && event.keyCode !== 229
}
