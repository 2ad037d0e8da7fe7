import {
	calledRegion,
	formatUsd,
	parseModelRef,
	shownCost,
	type RequestCost,
	type ServedTier,
	type UnpricedReason,
} from "@bedrock-tiers/core"

export function printJson(value: unknown): void {
	process.stdout.write(`${JSON.stringify(value)}\n`)
}

export function printLine(text = ""): void {
	process.stdout.write(`${text}\n`)
}

/** Prints a message for the user to stderr, separate from the output for scripts on stdout. */
export function note(text: string): void {
	process.stderr.write(`${text}\n`)
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

/** Formats rows as aligned columns. Columns whose index is in `right` are right-aligned. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
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

/** Display name of a tier. An unknown tier is returned unchanged. */
export function tierName(tier: ServedTier): string {
	return TIER_NAMES[tier] ?? tier
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

/** Formats a cost: the total, "at least …", or "not priced". */
export function formatCost(cost: Pick<RequestCost, "totalUsd" | "knownUsd" | "unpricedReason">): string {
	const shown = shownCost(cost)
	if (shown.kind === "exact") return formatUsd(shown.amount)
	const known = shown.kind === "at-least" ? `at least ${formatUsd(shown.amount)}` : "not priced"
	return cost.unpricedReason ? `${known}: ${REASONS[cost.unpricedReason]}` : known
}
