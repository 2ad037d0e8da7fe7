import type { Spread } from "./statistics"

/** What a measurement must not exceed, or reach. */
export type Verdict = { readonly target: string; readonly met: boolean }

export type Row = readonly string[]

/** One table of the report. */
export type Section = {
	readonly title: string
	/** How it was measured, in a sentence or two. */
	readonly how: string
	readonly columns: readonly string[]
	readonly rows: readonly Row[]
	readonly verdicts: readonly Verdict[]
}

/** The middle, with the quartiles: "1.24 (1.20–1.31)". */
export function withSpread({ median, lowerQuartile, upperQuartile }: Spread, digits = 2): string {
	const text = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: digits })
	return `${text(median)} (${text(lowerQuartile)}–${text(upperQuartile)})`
}

export function inMarkdown({ title, how, columns, rows, verdicts }: Section): string {
	const line = (cells: Row) => `| ${cells.join(" | ")} |`
	const table = [line(columns), line(columns.map((_, index) => (index === 0 ? ":--" : "--:"))), ...rows.map(line)]
	const judged = verdicts.map(({ target, met }) => `- ${met ? "met" : "**missed**"}: ${target}`)
	return [`### ${title}`, how, table.join("\n"), judged.join("\n")].filter(Boolean).join("\n\n")
}
