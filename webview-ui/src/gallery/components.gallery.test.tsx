import { expect, test } from "vitest"
import { SCENES } from "./scenes"
import { showScene } from "./show-scene"

/** The part of React's internal representation of a rendered component that this test reads. */
type Fiber = {
	readonly type: unknown
	readonly elementType: unknown
	readonly child: Fiber | null
	readonly sibling: Fiber | null
	/** On the root: has the fiber of the currently rendered tree. */
	readonly stateNode: { readonly current: Fiber } | null
}

const modules = import.meta.glob<Record<string, unknown>>(["../components/**/*.tsx", "!**/*.test.tsx"], { eager: true })

/** Every exported component, by its file and name. */
const components = Object.entries(modules).flatMap(([file, exported]) =>
	Object.entries(exported)
		.filter(([name, value]) => /^([A-Z]|default$)/.test(name) && /^(function|object)$/.test(typeof value))
		.map(([name, value]) => ({ name: `${file.replace("../components/", "")} ${name}`, value })),
)

/** The components that are rendered in the element: the components themselves and their `memo` and `lazy` wrappers. */
function renderedComponents(element: HTMLElement): Set<unknown> {
	const key = Object.keys(element).find((name) => name.startsWith("__reactContainer$"))
	const rendered = new Set<unknown>()
	const root = key === undefined ? undefined : (element as unknown as Record<string, Fiber>)[key]
	const pending = [root?.stateNode?.current]
	for (let fiber = pending.pop(); fiber; fiber = pending.pop()) {
		rendered.add(fiber.type).add(fiber.elementType)
		for (const next of [fiber.sibling, fiber.child]) if (next) pending.push(next)
	}
	return rendered
}

test("Every exported component is rendered in at least one scene", async () => {
	const shown = new Set<unknown>()
	for (const scene of Object.values(SCENES)) {
		const element = document.body.appendChild(document.createElement("div"))
		element.style.height = "100%"
		const removeScene = await showScene(scene, element)
		for (const component of renderedComponents(element)) shown.add(component)
		removeScene()
		element.remove()
	}
	// The number of components when the test was written. If none were found, the next assertion would always pass.
	expect(components.length).toBeGreaterThan(60)
	expect(components.filter(({ value }) => !shown.has(value)).map(({ name }) => name)).toEqual([])
})
