import { execFile } from "node:child_process"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { applyPatch } from "./patch"
import { GENERATIONS, lookAlike, PROJECT_ROOT, realPayload, type Generation } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { TempTree } from "./testing/temp-tree"

/**
 * Runs Roo Code's own test runner in a patched look-alike: the spec file of the payload, and upstream's tier tests as
 * the patch has changed them. The webview's specs need Roo Code's own test library and are not run here.
 */

const PAYLOAD_SPEC = "src/api/providers/__tests__/bedrock-service-tier.spec.ts"

type Result = {
	numPassedTests: number
	numFailedTests: number
	testResults: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[]
}

function runSpec(tree: TempTree, spec: string): Promise<Result> {
	tree.write(
		"vitest.config.mjs",
		`export default {
			resolve: { alias: { "@roo-code/types": ${JSON.stringify(tree.path("packages/types/src/index.ts"))} } },
			test: { globals: true, include: ["**/*.spec.ts"] },
		}`,
	)
	const args = [join(PROJECT_ROOT, "node_modules/vitest/vitest.mjs"), "run", "--reporter", "json", spec]
	return new Promise((resolve, reject) => {
		execFile(process.execPath, args, { cwd: tree.root, env: { PATH: process.env.PATH } }, (_, stdout, stderr) => {
			const [json] = /\{"numTotalTestSuites.*/.exec(stdout) ?? []
			if (json) resolve(JSON.parse(json) as Result)
			else reject(new Error(stdout + stderr))
		})
	})
}

function failures({ testResults }: Result): string[] {
	return testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ status }) => status !== "passed")
		.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join(" ").split("\n")[0]}`)
}

function createTree(generation: Generation, isPatched = true): TempTree {
	const tree = new TempTree(lookAlike(generation), { git: false, modules: true })
	if (isPatched) applyPatch(tree.root, realPayload(), { force: true })
	return tree
}

describe("the spec file of the payload", () => {
	it.each(GENERATIONS)("passes in %s", async (generation) => {
		const result = await runSpec(createTree(generation), PAYLOAD_SPEC)
		expect(failures(result)).toEqual([])
		expect(result.numPassedTests).toBeGreaterThan(20)
	})
})

describe("upstream's tests of its tiers", () => {
	it.each(["with-upstream-tiers", "zoo"] as const)(
		"pass before the patch, and after the patch has changed them: %s",
		async (generation) => {
			for (const isPatched of [false, true]) {
				const result = await runSpec(createTree(generation, isPatched), paths.SPEC)
				expect(failures(result)).toEqual([])
				expect(result.numPassedTests).toBe(6)
			}
		},
	)
})
