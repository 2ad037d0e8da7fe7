import { describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { THEMES, applyTheme } from "../gallery/themes"
import { CONTROLS, controls, keyboardUser, nameOf, walk } from "../testing/keyboard-user"
import { nextFrames } from "../testing/settled"

/** Tab reaches every control and leaves the view, Shift+Tab goes back, and the focused element is marked in all themes. */

const user = keyboardUser()
const names = (elements: readonly Element[]) => elements.map(nameOf).sort()

describe("Keyboard navigation", () => {
	test.each([
		"chat-empty",
		"chat-first-start",
		"chat-served",
		"chat-edited",
		"chat-streaming",
		"chat-tier-refused",
		"chat-usage",
		"settings-flex",
		"settings-refused",
		"settings-changed-elsewhere",
		"settings-keys",
		"settings-typed-model",
		"profiles-rename",
		"import-found",
		"export-done",
		"prices-own",
		"answer-open",
		"background-open",
		"test-running",
		"history",
		"history-searching",
	])("visits every control of the scene %s with Tab, leaves it, and goes back with Shift+Tab", async (scene) => {
		await user.show(scene)
		const forward = await walk("{Tab}")
		expect(names(forward.filter((element) => element.matches(CONTROLS)))).toEqual(names(controls()))
		const backward = await walk("{Shift>}{Tab}{/Shift}")
		expect(names(backward)).toEqual(names(forward))
	})
})

/** The focused element inside the shadow roots of a toolkit element. */
function innermost(element: Element): Element {
	const inner = element.shadowRoot?.activeElement
	return inner ? innermost(inner) : element
}

function isMarked(element: Element): boolean {
	const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(innermost(element))
	const isOutlined = outlineStyle !== "none" && outlineWidth !== "0px" && !/, 0\)$/.test(outlineColor)
	// The toolkit's text fields mark the focus with the colour of their border.
	const box = element.shadowRoot?.querySelector("[part=root], [part=control]")
	const focusBorder = getComputedStyle(document.body).getPropertyValue("--vscode-focusBorder")
	const probe = document.body.appendChild(document.createElement("i"))
	probe.style.color = focusBorder
	const isBordered = box != null && getComputedStyle(box).borderTopColor === getComputedStyle(probe).color
	probe.remove()
	return isOutlined || isBordered
}

test("The focused element is marked in every theme", async () => {
	const seen = new Set<string>()
	const unmarked: string[] = []
	for (const scene of ["chat-served", "chat-usage", "answer-open", "import-found", "prices-own", "history"]) {
		await user.show(scene)
		for (let press = 0; press < 60; press++) {
			await userEvent.keyboard("{Tab}")
			const { activeElement } = document
			if (!activeElement || activeElement.parentElement === document.body) break
			const kind = `${activeElement.tagName}.${activeElement.className} ${activeElement.getAttribute("type") ?? ""}`
			if (seen.has(kind)) continue
			seen.add(kind)
			for (const theme of THEMES) {
				applyTheme(theme)
				await nextFrames()
				if (!isMarked(activeElement)) unmarked.push(`${theme}: ${kind} ${nameOf(activeElement)}`)
			}
		}
		user.close()
	}
	applyTheme("dark")
	expect(seen.size).toBeGreaterThan(10)
	expect(unmarked).toEqual([])
})
