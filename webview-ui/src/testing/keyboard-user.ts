import { afterEach, beforeAll } from "vitest"
import { page, userEvent } from "vitest/browser"
import type { Scene } from "../gallery/scene"
import { SCENES } from "../gallery/scenes"
import { showScene } from "../gallery/show-scene"
import { applyTheme } from "../gallery/themes"
import type { FakePort } from "./fake-port"

/** The whole webview between two buttons of the document, operated by keyboard alone. Its host is scripted. */

export const CONTROLS =
	"a[href], button, input, select, textarea, summary, vscode-button, vscode-text-field, vscode-text-area"

/** Keys per command to the browser. A command takes longer than a key. */
const KEYS_PER_COMMAND = 8
const MAX_KEYS = 200

/** Registers the hooks of a test file. */
export function keyboardUser() {
	let removeScene = () => {}
	let port: FakePort

	beforeAll(async () => {
		await page.viewport(300, 900)
		// The toolkit starts to observe the theme on the `load` event, which was dispatched before the toolkit was loaded.
		window.dispatchEvent(new Event("load"))
		applyTheme("dark")
	})

	const close = () => {
		removeScene()
		document.body.replaceChildren()
	}
	afterEach(close)

	return {
		port: () => port,
		close,
		/** Shows the scene with the focus before it. */
		async show(name: string): Promise<void> {
			const scene = SCENES[name] as Scene
			document.body.innerHTML =
				"<button>before</button><div id=view style='height: 100%'></div><button>after</button>"
			removeScene = await showScene((fake, store) => {
				port = fake
				return scene(fake, store)
			}, view() as HTMLElement)
			document.querySelector("button")?.focus()
		},
	}
}

export const view = () => document.getElementById("view")

export function nameOf(element: Element | null): string {
	if (!element) return ""
	const label = element.getAttribute("aria-label") ?? (element as HTMLInputElement).labels?.[0]?.textContent
	return (label ?? element.textContent ?? "").replace(/\s+/g, " ").trim()
}

/** The enabled, visible controls of the view. */
export function controls(): Element[] {
	return [...(view()?.querySelectorAll(CONTROLS) ?? [])].filter(
		(element) => !element.matches(":disabled, [disabled]") && element.checkVisibility(),
	)
}

/**
 * Presses the key until the focus has left the view.
 * @returns the focused elements in order
 * @throws Error when an element keeps the focus
 */
export async function walk(key: "{Tab}" | "{Shift>}{Tab}{/Shift}"): Promise<Element[]> {
	const focused: Element[] = []
	const record = ({ target }: FocusEvent) => void focused.push(target as Element)
	document.addEventListener("focusin", record)
	try {
		for (let keys = 0; keys < MAX_KEYS; keys += KEYS_PER_COMMAND) {
			const before = focused.length
			await userEvent.keyboard(key.repeat(KEYS_PER_COMMAND))
			const end = focused.findIndex(({ parentElement }) => parentElement === document.body)
			if (end >= 0) {
				const visited = focused.slice(0, end)
				// The remaining keys of the command have moved the focus on.
				;(focused[end] as HTMLElement).focus()
				return visited
			}
			if (focused.length < before + KEYS_PER_COMMAND)
				throw new Error(`${nameOf(document.activeElement)} keeps the focus`)
		}
	} finally {
		document.removeEventListener("focusin", record)
	}
	throw new Error(`The focus is still in the view after ${MAX_KEYS} keys`)
}

/** Moves the focus to the control with Tab, as a user does. */
export async function reach(control: string): Promise<void> {
	for (let press = 0; press < 80; press++) {
		await userEvent.keyboard("{Tab}")
		if (nameOf(document.activeElement) === control) return
	}
	throw new Error(`${control} cannot be reached`)
}
