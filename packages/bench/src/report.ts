import type { Spread } from "./statistics"

/** A target, and whether the measurement meets it. */
export type Verdict = { readonly target: string; readonly met: boolean }

export type Row = readonly string[]

/** One table of the report. */
export type Section = {
	readonly title: string
	/** The method of measurement, in one or two sentences. */
	readonly how: string
	readonly columns: readonly string[]
	readonly rows: readonly Row[]
	readonly verdicts: readonly Verdict[]
}

/** Median and quartiles, for example "1.24 (1.20–1.31)". */
export function formatSpread({ median, lowerQuartile, upperQuartile }: Spread, digits = 2): string {
	const text = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: digits })
	return `${text(median)} (${text(lowerQuartile)}–${text(upperQuartile)})`
}

export function toMarkdown({ title, how, columns, rows, verdicts }: Section): string {
	const line = (cells: Row) => `| ${cells.join(" | ")} |`
	const table = [line(columns), line(columns.map((_, index) => (index === 0 ? ":--" : "--:"))), ...rows.map(line)]
	const verdictLines = verdicts.map(({ target, met }) => `- ${met ? "met" : "**missed**"}: ${target}`)
	return [`### ${title}`, how, table.join("\n"), verdictLines.join("\n")].filter(Boolean).join("\n\n")
}
