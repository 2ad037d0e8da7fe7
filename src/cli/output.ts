import { formatUsd, type ServedTier, type UnpricedReason } from "@bedrock-tiers/core"

export function printJson(value: unknown): void {
	process.stdout.write(`${JSON.stringify(value)}\n`)
}

export function printLine(text = ""): void {
	process.stdout.write(`${text}\n`)
}

/** For people at the terminal, apart from what a script reads. */
export function note(text: string): void {
	process.stderr.write(`${text}\n`)
}

/** Rows as aligned columns; the columns named in `right` are set flush right. */
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

/** The tier as people call it; a word that we do not know as it is. */
export function tierName(tier: ServedTier): string {
	return TIER_NAMES[tier] ?? tier
}

/** A cost in words: the total, "at least …", or "not priced". */
export function costInWords(cost: {
	totalUsd: number | null
	knownUsd: number
	unpricedReason: UnpricedReason | null
}): string {
	if (cost.totalUsd !== null) return formatUsd(cost.totalUsd)
	const known = cost.knownUsd > 0 ? `at least ${formatUsd(cost.knownUsd)}` : "not priced"
	return `${known} (${cost.unpricedReason ?? "unknown"})`
}
