import axe from "axe-core"
import { beforeAll, describe, expect, test } from "vitest"
import { page } from "vitest/browser"
import { nextFrames } from "../testing/settled"
import { SCENES } from "./scenes"
import { showScene } from "./show-scene"
import { THEMES, wearTheme } from "./themes"

/**
 * What axe can see of how people with other senses get on: names, roles, states, order of headings, contrast of text. All of
 * its rules but the experimental ones. What it cannot decide is not a finding: text over what it cannot look through.
 */

beforeAll(() => {
	document.documentElement.lang = "en"
	document.title = "Gallery"
	// The toolkit begins to look at the theme when the page has been loaded, which was before it came.
	window.dispatchEvent(new Event("load"))
})

async function findings(): Promise<string[]> {
	const { violations } = await axe.run(document, { resultTypes: ["violations"], elementRef: false })
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, html, any, all, none }) => {
			const [why] = [...any, ...all, ...none]
			return `${id}: ${target.join(" ")} ${html.slice(0, 160)} (${why?.message})`
		}),
	)
}

describe.each([300, 600])("At %i px axe finds nothing in any theme in", (width) => {
	beforeAll(() => page.viewport(width, 900))

	test.each(Object.entries(SCENES))("%s", async (_name, scene) => {
		const element = document.body.appendChild(document.createElement("div"))
		element.style.height = "100%"
		const leave = await showScene(scene, element)
		const found: string[] = []
		for (const theme of THEMES) {
			wearTheme(theme)
			await nextFrames()
			found.push(...(await findings()).map((finding) => `${theme}: ${finding}`))
		}
		leave()
		element.remove()
		expect(found, found.join("\n")).toEqual([])
	})
})
