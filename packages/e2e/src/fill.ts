import type { Locator } from "playwright"

const MAX_ATTEMPTS = 50

/**
 * Fills a text box, again until it has the text. Playwright inserts the text where the keyboard focus is, and VS Code
 * moves the focus some time after a click on one of its own buttons.
 */
export async function fill(box: Locator, text: string): Promise<void> {
	for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
		await box.fill(text)
		if ((await box.inputValue()) === text) return
	}
	throw new Error(`The text box does not take ${JSON.stringify(text)}.`)
}
