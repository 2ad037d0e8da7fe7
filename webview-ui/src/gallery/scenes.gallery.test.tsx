import axe from "axe-core"
import { beforeAll, describe, expect, test } from "vitest"
import { page } from "vitest/browser"
import { RUNS_ALL_CASES } from "@bedrock-tiers/test-kit/sampling"
import { nextFrames } from "../testing/settled"
import { SCENES } from "./scenes"
import { showScene } from "./show-scene"
import { components, renderedComponents } from "./rendered-components"
import { THEMES, applyTheme, type Theme } from "./themes"

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

/** A sample has every scene once, in each width and theme in turn. */
const WIDTHS = [300, 600]
const themesOf = (width: number, sceneIndex: number): readonly Theme[] => {
	if (RUNS_ALL_CASES) return THEMES
	if (WIDTHS[sceneIndex % WIDTHS.length] !== width) return []
	return [THEMES[Math.floor(sceneIndex / WIDTHS.length) % THEMES.length] as Theme]
}

const rendered = new Set<unknown>()

describe.each(WIDTHS)("The gallery at a width of %i px", (width) => {
	beforeAll(() => page.viewport(width, 900))

	const cases = Object.entries(SCENES).map(([name, scene], index) => ({
		name,
		scene,
		themes: themesOf(width, index),
	}))
	test.each(cases.filter(({ themes }) => themes.length > 0))(
		"has no axe violation in the themes $themes in the scene $name",
		async ({ scene, themes }) => {
			const element = document.body.appendChild(document.createElement("div"))
			element.style.height = "100%"
			const removeScene = await showScene(scene, element)
			for (const component of renderedComponents(element)) rendered.add(component)
			const found: string[] = []
			for (const theme of themes) {
				applyTheme(theme)
				await nextFrames()
				found.push(...(await findings()).map((finding) => `${theme}: ${finding}`))
			}
			removeScene()
			element.remove()
			expect(found, found.join("\n")).toEqual([])
		},
	)
})

test("Every exported component is rendered in at least one scene", () => {
	// The number of components when the test was written. If none were found, the next assertion would always pass.
	expect(components.length).toBeGreaterThan(60)
	expect(components.filter(({ value }) => !rendered.has(value)).map(({ name }) => name)).toEqual([])
})
