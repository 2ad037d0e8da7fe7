import { beforeAll, describe, expect, it } from "vitest"
import { applyPatch } from "./patch"
import { compile } from "./testing/compile"
import { GENERATIONS, lookAlike, realPayload, type Generation } from "./testing/look-alike"
import { TempTree } from "./testing/temp-tree"

/**
 * The patched look-alikes type-check as a whole, what the patch brings included, with the options that the host has for
 * each of its parts. It cannot prove that the host itself does: that takes a checkout.
 */

function patchedTree(generation: Generation): TempTree {
	const tree = new TempTree(lookAlike(generation), { git: false, modules: true })
	applyPatch(tree.root, realPayload(), { force: true })
	return tree
}

describe.each(GENERATIONS)("%s", (generation) => {
	let tree: TempTree
	beforeAll(() => {
		tree = patchedTree(generation)
	})

	it.each(["packages/types", "src", "webview-ui"] as const)(
		"%s has no errors, and no import is left unused",
		(part) => {
			expect(compile(tree.root, part)).toEqual([])
		},
	)
})

describe("an AWS SDK without tiers", () => {
	it("does not compile: it would drop the member in silence", () => {
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
