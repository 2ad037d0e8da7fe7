import type { TestContext } from "vitest"

/** What a line of the table is about: its first column, in this order. */
export const AREAS = ["secrets", "page", "messages", "workspace", "files", "network", "packages"] as const
export type Area = (typeof AREAS)[number]

/** A line of the table: what is tried, and what is checked. */
export type SafetyRow = { readonly area: Area; readonly tried: string; readonly holds: string }

/** Puts the line into the results, whether the test passes or not. */
export function report({ task }: TestContext, row: SafetyRow): void {
	Object.assign(task.meta, { row })
}

/** What differs from run to run, beside the table: seeds, seconds. */
export function measured({ task }: TestContext, sentence: string): void {
	const before = (task.meta as { measured?: string[] }).measured ?? []
	Object.assign(task.meta, { measured: [...before, sentence] })
}

/** Of what is generated: SAFETY_SEED, to see again what was seen, else another one in each run. */
export const SEED = Number(process.env.SAFETY_SEED ?? Math.floor(Math.random() * 2 ** 31))
