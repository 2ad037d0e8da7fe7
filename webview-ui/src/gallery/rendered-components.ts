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
export const components = Object.entries(modules).flatMap(([file, exported]) =>
	Object.entries(exported)
		.filter(([name, value]) => /^([A-Z]|default$)/.test(name) && /^(function|object)$/.test(typeof value))
		.map(([name, value]) => ({ name: `${file.replace("../components/", "")} ${name}`, value })),
)

/** The components that are rendered in the element: the components themselves and their `memo` and `lazy` wrappers. */
export function renderedComponents(element: HTMLElement): Set<unknown> {
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
