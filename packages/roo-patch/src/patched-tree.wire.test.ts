import { beforeAll, describe, expect, it } from "vitest"
import { applyPatch } from "./patch"
import { compile } from "./testing/compile"
import { GENERATIONS, lookAlike, realPayload, type Generation } from "./testing/look-alike"
import { TempTree } from "./testing/temp-tree"

/**
 * Type-checks the patched look-alikes, including the payload, with Roo Code's options for each of its parts. This
 * cannot prove that Roo Code itself type-checks: that requires a checkout.
 */

function patchedTree(generation: Generation): TempTree {
	const tree = new TempTree(lookAlike(generation), { git: false, modules: true })
	applyPatch(tree.root, realPayload(), { force: true })
	return tree
}

describe.each(GENERATIONS)("the patched tree of %s", (generation) => {
	let tree: TempTree
	beforeAll(() => {
		tree = patchedTree(generation)
	})

	it.each(["packages/types", "src", "webview-ui"] as const)(
		"has no type errors and no unused imports in %s",
		(part) => {
			expect(compile(tree.root, part)).toEqual([])
		},
	)
})

describe("a patched tree with an AWS SDK without tiers", () => {
	it("does not compile, because the SDK would silently drop the member", () => {
		const tree = patchedTree("before-upstream-tiers")
		const real = "./node_modules/@aws-sdk/client-bedrock-runtime/dist-types/index"
		tree.write(
			"sdk-without-tiers.d.ts",
			`import type * as sdk from "${real}"\nexport * from "${real}"\n` +
				'export type ConverseStreamCommandInput = Omit<sdk.ConverseStreamCommandInput, "serviceTier">\n',
		)
		const stub = tree.path("sdk-without-tiers.d.ts")
		const [error] = compile(tree.root, "src", { "@aws-sdk/client-bedrock-runtime": [stub] })
		expect(error).toMatch(/^src\/api\/providers\/bedrock-service-tier\.ts: Type '"serviceTier"' does not satisfy/)
	})
})
