import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { formatSpread, type Section } from "./report"
import { spreadOf } from "./statistics"

/** Flags of the command for each step: apply the patch, check it, revert it. */
const STEPS = { apply: [], check: ["--check"], revert: ["--revert"] } as const

/**
 * Measures the steps of the patch in seconds, and leaves the checkout unchanged.
 * @param checkout a clean git working tree
 */
export function measurePatch(root: string, checkout: string, { rounds }: { readonly rounds: number }): Section {
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
		how: `A checkout of Roo Code, ${rounds} rounds, each a new process of the terminal command; median and quartiles. No target: it runs once per checkout.`,
		columns: ["step", "seconds"],
		rows: Object.entries(seconds).map(([step, values]) => [step, formatSpread(spreadOf(values))]),
		verdicts: [],
	}
}
