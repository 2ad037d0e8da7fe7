import { readFileSync } from "node:fs"
import { join } from "node:path"
import { rootDir } from "./paths.mjs"
import { tableIn } from "./document-table.mjs"

export const SAFETY_DOCUMENT = join(rootDir, "docs", "safety.md")
const AREAS = ["secrets", "page", "messages", "workspace", "files", "network", "packages"]

function readTests(jsonPath) {
	const { testResults } = JSON.parse(readFileSync(jsonPath, "utf8"))
	return testResults
		.toSorted((one, other) => (one.name < other.name ? -1 : 1))
		.flatMap(({ assertionResults }) => assertionResults)
		.map(({ meta, status }) => ({ row: meta?.row, measured: meta?.measured ?? [], status }))
}

function readRows(jsonPath) {
	return readTests(jsonPath)
		.flatMap(({ row, status }) => (row ? [{ ...row, passed: status === "passed" }] : []))
		.toSorted((one, other) => AREAS.indexOf(one.area) - AREAS.indexOf(other.area))
}

/** As Markdown, for the terminal and for the document: the lines, and below them what was measured. */
export function safetyTable(jsonPath) {
	const cell = (text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;")
	const line = (cells) => `| ${cells.map(cell).join(" | ")} |`
	const lines = readRows(jsonPath).map(({ area, tried, holds, passed }) =>
		line(passed ? [area, tried, holds] : [area, `**FAILED** ${tried}`, `expected: ${holds}`]),
	)
	const measured = readTests(jsonPath).flatMap((test) => test.measured.map((sentence) => `- ${sentence}`))
	return [line(["about", "what is tried", "what holds"]), "| --- | --- | --- |", ...lines, "", ...measured].join("\n")
}

/** What the document does not say as the suite does: a sentence each. What was skipped may stand in it. */
export function compareSafetyDocument(jsonPath) {
	const plain = (text) =>
		text
			.replaceAll("\\|", "|")
			.replaceAll(/\\([_*`<[\]])/g, "$1")
			.replaceAll("&lt;", "<")
			.replaceAll(/[_*]/g, "_")
	const inDocument = tableIn(SAFETY_DOCUMENT, "test:safety")
		.split("\n")
		.filter((line) => line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| about "))
		.map((line) =>
			line
				.slice(1, -1)
				.split(/(?<!\\)\|/)
				.map((cell) => plain(cell.trim()))
				.join(" | "),
		)
	const tested = readRows(jsonPath).map(({ area, tried, holds }) => [area, tried, holds].map(plain).join(" | "))
	const isWhole = readTests(jsonPath).every(({ status }) => status === "passed" || status === "failed")
	const missing = tested.filter((line) => !inDocument.includes(line))
	const tooMuch = isWhole ? inDocument.filter((line) => !tested.includes(line)) : []
	return [
		...missing.map(
			(line) => `docs/safety.md does not say what the suite shows (npm run test:safety -- --write): ${line}`,
		),
		...tooMuch.map((line) => `docs/safety.md says what no test shows: ${line}`),
	]
}
