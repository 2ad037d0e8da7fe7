import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { withSpread, type Section } from "./report"
import { spreadOf } from "./statistics"

/** Into the checkout, a check, and out again. */
const STEPS = { apply: [], check: ["--check"], revert: ["--revert"] } as const

/** Seconds that the patch takes in a checkout, which is as it was before when this is done. @param checkout a clean git tree */
export function patch(root: string, checkout: string, { rounds }: { readonly rounds: number }): Section {
	const seconds: Record<keyof typeof STEPS, number[]> = { apply: [], check: [], revert: [] }
	for (let round = 0; round < rounds; round++) {
		for (const [step, flags] of Object.entries(STEPS)) {
			const started = performance.now()
			execFileSync(process.execPath, [join(root, "dist/cli.js"), "patch", checkout, ...flags], { stdio: "pipe" })
			seconds[step as keyof typeof STEPS].push((performance.now() - started) / 1000)
		}
	}
	return {
		title: "Patch",
		how: `A checkout of Roo Code, ${rounds} rounds, each a new process of the terminal command; median and quartiles. No target: nobody waits for it twice.`,
		columns: ["step", "seconds"],
		rows: Object.entries(seconds).map(([step, values]) => [step, withSpread(spreadOf(values))]),
		verdicts: [],
	}
}
