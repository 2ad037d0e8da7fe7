import axe from "axe-core"
import { beforeAll, describe, expect, test } from "vitest"
import { page } from "vitest/browser"
import { nextFrames } from "../testing/settled"
import { SCENES } from "./scenes"
import { showScene } from "./show-scene"
import { THEMES, applyTheme } from "./themes"

/**
 * Accessibility checks with axe: names, roles, states, heading order and text contrast, by all rules except the
 * experimental ones. A check that axe cannot decide is not a finding, for example text over a background that it cannot
 * evaluate.
 */

beforeAll(() => {
	document.documentElement.lang = "en"
	document.title = "Gallery"
	// The toolkit starts to observe the theme on the `load` event, which was dispatched before the toolkit was loaded.
	window.dispatchEvent(new Event("load"))
})

async function findings(): Promise<string[]> {
	const { violations } = await axe.run(document, { resultTypes: ["violations"], elementRef: false })
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, html, any, all, none }) => {
			const [check] = [...any, ...all, ...none]
			return `${id}: ${target.join(" ")} ${html.slice(0, 160)} (${check?.message})`
		}),
	)
}

describe.each([300, 600])("The gallery at a width of %i px", (width) => {
	beforeAll(() => page.viewport(width, 900))

	test.each(Object.entries(SCENES))("has no axe violation in any theme in the scene %s", async (_name, scene) => {
		const element = document.body.appendChild(document.createElement("div"))
		element.style.height = "100%"
		const removeScene = await showScene(scene, element)
		const found: string[] = []
		for (const theme of THEMES) {
			applyTheme(theme)
			await nextFrames()
			found.push(...(await findings()).map((finding) => `${theme}: ${finding}`))
		}
		removeScene()
		element.remove()
		expect(found, found.join("\n")).toEqual([])
	})
})
