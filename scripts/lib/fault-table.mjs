import { readFileSync } from "node:fs"

const PROTOCOLS = { http1: "HTTP/1.1", http2: "HTTP/2" }

/** The rows of one run, from vitest's own record: by file, in the order of the tests. */
export function readRows(jsonPath) {
	const { testResults } = JSON.parse(readFileSync(jsonPath, "utf8"))
	const rows = testResults
		.toSorted((one, other) => (one.name < other.name ? -1 : 1))
		.flatMap(({ assertionResults }) => assertionResults)
		.flatMap(({ meta, status }) => (meta?.row ? [{ ...meta.row, passed: status === "passed" }] : []))
	return [...new Set(rows.map(({ fault }) => fault))].flatMap((fault) =>
		joined(rows.filter((row) => row.fault === fault)),
	)
}

/** What is the same over both protocols stands there once. */
function joined(rows) {
	const [first] = rows
	const key = ({ sees, kept, passed }) => JSON.stringify([sees, kept, passed])
	if (rows.length > 1 && rows.every((row) => key(row) === key(first))) return [first]
	return rows.map((row) => (row.http ? { ...row, fault: `${row.fault}, over ${PROTOCOLS[row.http]}` } : row))
}

/** As Markdown, for the terminal and for the document. */
export function faultTable(rows) {
	const cell = (text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;")
	const line = (cells) => `| ${cells.map(cell).join(" | ")} |`
	return [
		line(["fault", "what the person sees", "what is kept"]),
		"| --- | --- | --- |",
		...rows.map(({ fault, sees, kept, passed }) =>
			line(passed ? [fault, sees, kept] : [`**FAILED** ${fault}`, `expected: ${sees}`, `expected: ${kept}`]),
		),
	].join("\n")
}
