import { statSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { loadOnce, type LoadRun } from "./testing/load-probe"

/** The built extension is light: it is loaded with every window that shows the view, the AWS SDK only with a request. */

const DIST = join(import.meta.dirname, "../dist")
const ROUNDS = 7
const runs: LoadRun[] = []

beforeAll(async () => {
	for (let round = 0; round < ROUNDS; round++) runs.push(await loadOnce(DIST))
})

describe("dist/extension.js", () => {
	it("is under 300 KB", () => {
		expect(statSync(join(DIST, "extension.js")).size).toBeLessThan(300_000)
	})

	// The fastest: what other work on the machine adds is not the extension's.
	it(`is loaded in under 30 ms (the fastest of ${ROUNDS} new processes)`, () => {
		expect(Math.min(...runs.map(({ loadMs }) => loadMs))).toBeLessThan(30)
	})

	it("has no AWS SDK in memory after activation", () => {
		for (const { files } of runs) expect(files).toEqual([join(DIST, "extension.js")])
	})
})
