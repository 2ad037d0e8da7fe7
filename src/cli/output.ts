import { createInterface } from "node:readline/promises"
import {
	calledRegion,
	formatUsd,
	markEstimate,
	parseModelRef,
	shownCost,
	type RequestCost,
	type ServedTier,
	type UnpricedReason,
} from "@bedrock-tiers/core"
import { visibleJson, visibleLine, visibleText, VisibleTextStream } from "../app/visible-text"

/**
 * All output of the terminal command. Any text may contain text from outside, so these functions let no control
 * character reach the terminal; a lint rule keeps other files of `src/cli` from `process.stdout` and `process.stderr`.
 */

const stdout = new VisibleTextStream()

export function printJson(value: unknown): void {
	process.stdout.write(`${visibleJson(value)}\n`)
}

export function printLine(text = ""): void {
	printText(`${text}\n`)
}

/** Prints text without adding a line break. An escape sequence may be cut between two calls. */
export function printText(text: string): void {
	process.stdout.write(stdout.push(text))
}

/** Prints a message for the user to stderr, separate from the output for scripts on stdout. */
export function note(text: string): void {
	noteText(`${text}\n`)
}

/** Like `note`, without adding a line break. Text on stdout that was held back is shown first. */
export function noteText(text: string): void {
	process.stdout.write(stdout.end())
	process.stderr.write(visibleText(text))
}

/** Prints how many steps are done, over the previous number, when stderr is a terminal. */
export function noteProgress(done: number, total: number, unit: string): void {
	if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} ${unit}${done === total ? "\n" : ""}`)
}

/** Whether a user can answer `confirm`. */
export function canConfirm(): boolean {
	return process.stdin.isTTY && process.stderr.isTTY
}

/** Asks a question on stderr. Everything but "y" or "yes" is a no. */
export async function confirm(question: string): Promise<boolean> {
	noteText(`${question} [y/N] `)
	const lines = createInterface({ input: process.stdin })
	for await (const line of lines) return /^y(es)?$/i.test(line.trim())
	return false
}

/** Ends the process when the reader of stdout closes the pipe early (`| head`), which is not an error. */
export function exitWhenPipeCloses(): void {
	process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1))
}

/** Returns a signal that aborts on the first Ctrl+C. */
export function interruptSignal(): AbortSignal {
	const interrupt = new AbortController()
	process.once("SIGINT", () => interrupt.abort())
	return interrupt.signal
}

/** Notes that the region in the ARN is used when it differs from the region argument. */
export function noteOtherRegion(model: string, region: string): void {
	const called = calledRegion(parseModelRef(model), region)
	if (called !== region) note(`The ARN lies in ${called}, so ${called} is called, not ${region}.`)
}

/** Notes that requests do not go to AWS. @param endpoint `null` for AWS's own endpoint */
export function noteOtherEndpoint(endpoint: string | null): void {
	if (endpoint !== null) note(`Requests go to ${endpoint}, not to AWS's own endpoint.`)
}

/** Formats rows as aligned columns. Columns whose index is in `right` are right-aligned. */
export function table(texts: readonly (readonly string[])[], right: readonly number[] = []): string {
	const rows = texts.map((row) => row.map(visibleLine))
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
	return rows
		.map((row) =>
			row
				.map((cell, column) => {
					const width = widths[column] ?? 0
					return right.includes(column) ? cell.padStart(width) : cell.padEnd(width)
				})
				.join("  ")
				.trimEnd(),
		)
		.join("\n")
}

const TIER_NAMES: Readonly<Record<string, string>> = {
	default: "Standard",
	flex: "Flex",
	priority: "Priority",
	reserved: "Reserved",
}

/** Display name of a tier. An unknown tier is returned as AWS wrote it, in one line. */
export function tierName(tier: ServedTier): string {
	return TIER_NAMES[tier] ?? visibleLine(tier)
}

const REASONS: Readonly<Record<UnpricedReason, string>> = {
	"model-unknown": "the catalog does not know the model",
	"unknown-tier": "this tier is not known",
	"paid-by-reservation": "paid by reservation",
	"tier-not-offered": "the model does not take this tier",
	"region-not-priced": "no price is known for this region and route",
	"tier-not-priced": "no price is known for this tier here",
	"input-price-unknown": "the price of input is not published",
	"output-price-unknown": "the price of output is not published",
	"cache-read-price-unknown": "the price of cache reads is not published",
	"cache-write-price-unknown": "the price of cache writes is not published",
	"usage-not-reported": "the answer ended before Bedrock reported its usage",
	"no-route": "the model cannot be called so",
}

/** Formats a cost: the total, "at least …", or "not priced"; an estimate begins with "≈". */
export function formatCost(cost: Pick<RequestCost, "totalUsd" | "knownUsd" | "unpricedReason" | "lines">): string {
	const shown = shownCost(cost)
	const amount = shown.kind === "unknown" ? "not priced" : markEstimate(formatUsd(shown.amount), shown.isEstimated)
	if (shown.kind === "exact") return amount
	const known = shown.kind === "at-least" ? `at least ${amount}` : amount
	return cost.unpricedReason ? `${known}: ${REASONS[cost.unpricedReason]}` : known
}
