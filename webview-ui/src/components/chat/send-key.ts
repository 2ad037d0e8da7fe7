import type { KeyboardEvent } from "react"

/** Whether a key press sends the text: Enter without Shift, unless it ends an IME composition. */
export function isSendKey(event: KeyboardEvent): boolean {
	// Some browsers dispatch the Enter that ends a composition after its end, with the key code 229.
	return event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing && event.keyCode !== 229
}
