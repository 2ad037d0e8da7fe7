import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { rootDir } from "./paths.mjs"

const PROTOCOLS = { http1: "HTTP/1.1", http2: "HTTP/2" }

const TABLES = { faults: faultTable, security: securityTable }

/** Suites whose tests provide the rows of a table in `task.meta.row`. */
export const SUITE_REPORTS = Object.keys(TABLES)

/**
 * Writes `test-results/<suite>.md`: a table with one row per test, and the measurements.
 * @param jsonPath results of vitest's JSON reporter
 * @returns the path of the table
 */
export function writeSuiteReport(suite, jsonPath) {
	const path = join(rootDir, "test-results", `${suite}.md`)
	writeFileSync(path, `${TABLES[suite](readTests(suite, jsonPath))}\n`)
	return path
}

function readTests(suite, jsonPath) {
	return JSON.parse(readFileSync(jsonPath, "utf8"))
		.testResults.filter(({ name }) => name.endsWith(`.${suite}.test.ts`))
		.toSorted((one, other) => (one.name < other.name ? -1 : 1))
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ meta }) => meta?.row)
		.map(({ meta, status }) => ({ row: meta.row, measured: meta.measured ?? [], status }))
}

function faultTable(tests) {
	const row = ({ row: { fault, http, sees, kept }, status }) => [
		http ? `${fault}, over ${PROTOCOLS[http]}` : fault,
		sees,
		kept,
		status,
	]
	return markdownTable(["fault", "what the user sees", "what is stored", "result"], tests.map(row))
}

function securityTable(tests) {
	const rows = tests.map(({ row: { area, tried, holds }, status }) => [area, tried, holds, status])
	const measured = tests.flatMap((test) => test.measured.map((measurement) => `- ${measurement}`))
	return [markdownTable(["area", "attack", "expected", "result"], rows), ...measured].join("\n\n")
}

function markdownTable(columns, rows) {
	const line = (cells) => `| ${cells.map(escapeCell).join(" | ")} |`
	return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n")
}

function escapeCell(text) {
	return text.replaceAll("|", "\\|").replaceAll("<", "&lt;")
}
