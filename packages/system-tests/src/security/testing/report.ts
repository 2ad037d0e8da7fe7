import { RUNS_ALL_CASES } from "@bedrock-tiers/test-kit/sampling"
import type { TestContext } from "vitest"

/** Areas of the suite report: first column of a row. */
export const AREAS = ["secrets", "webview", "messages", "workspace", "files", "network", "output", "packages"] as const
export type Area = (typeof AREAS)[number]

/** A row of the suite report: the attack and the checked result. */
export type SafetyRow = { readonly area: Area; readonly tried: string; readonly holds: string }

/** Adds the row to the test's metadata, whether the test passes or not. */
export function report({ task }: TestContext, row: SafetyRow): void {
	Object.assign(task.meta, { row })
}

/** Adds a measurement that differs between runs (seed, seconds) to the report, below the table. */
export function recordMeasurement({ task }: TestContext, text: string): void {
	const previous = (task.meta as { measured?: string[] }).measured ?? []
	Object.assign(task.meta, { measured: [...previous, text] })
}

/** Seed of generated inputs: `SAFETY_SEED`, which reproduces a run. A full run uses a new one each time. */
export const SEED = Number(process.env.SAFETY_SEED ?? (RUNS_ALL_CASES ? Math.floor(Math.random() * 2 ** 31) : 1))
