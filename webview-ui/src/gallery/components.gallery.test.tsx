import { expect, test } from "vitest"
import { SCENES } from "./scenes"
import { showScene } from "./show-scene"

/** What React keeps about a component on the page, as far as it is read here. */
type Fiber = {
	readonly type: unknown
	readonly elementType: unknown
	readonly child: Fiber | null
	readonly sibling: Fiber | null
	/** Of the root: where what is drawn now begins. */
	readonly stateNode: { readonly current: Fiber } | null
}

const modules = import.meta.glob<Record<string, unknown>>(["../components/**/*.tsx", "!**/*.test.tsx"], { eager: true })

/** Every exported component, by its file and name. */
const components = Object.entries(modules).flatMap(([file, exported]) =>
	Object.entries(exported)
		.filter(([name, value]) => /^([A-Z]|default$)/.test(name) && /^(function|object)$/.test(typeof value))
		.map(([name, value]) => ({ name: `${file.replace("../components/", "")} ${name}`, value })),
)

/** The components that stand on the page now: as they were written, and as `memo` and `lazy` wrap them. */
function drawnComponents(element: HTMLElement): Set<unknown> {
	const key = Object.keys(element).find((name) => name.startsWith("__reactContainer$"))
	const drawn = new Set<unknown>()
	const root = key === undefined ? undefined : (element as unknown as Record<string, Fiber>)[key]
	const open = [root?.stateNode?.current]
	for (let fiber = open.pop(); fiber; fiber = open.pop()) {
		drawn.add(fiber.type).add(fiber.elementType)
		for (const next of [fiber.sibling, fiber.child]) if (next) open.push(next)
	}
	return drawn
}

test("Every component stands in some scene", { timeout: 120_000 }, async () => {
	const shown = new Set<unknown>()
	for (const scene of Object.values(SCENES)) {
		const element = document.body.appendChild(document.createElement("div"))
		element.style.height = "100%"
		const leave = await showScene(scene, element)
		for (const component of drawnComponents(element)) shown.add(component)
		leave()
		element.remove()
	}
	// As many as there were when this was written: a search that finds none would say that all is well.
	expect(components.length).toBeGreaterThan(60)
	expect(components.filter(({ value }) => !shown.has(value)).map(({ name }) => name)).toEqual([])
})
