import { readFileSync, writeFileSync } from "node:fs"
import { PlainFailure } from "./plain-failure.mjs"

/** What stands in the document between the two comments of a command, as `test:faults`. */
export function tableIn(document, command) {
	return parts(document, command).table
}

/** Puts the table there, as the document's own formatting has it. */
export async function writeTable(document, command, table) {
	const { format, resolveConfig } = await import("prettier")
	const { before, after } = parts(document, command)
	const renewed = `${before}\n\n${table}\n\n${after}`
	writeFileSync(document, await format(renewed, { ...(await resolveConfig(document)), parser: "markdown" }))
}

function parts(document, command) {
	const begin = `<!-- the table of npm run ${command} -->`
	const end = "<!-- its end -->"
	const [before, rest] = readFileSync(document, "utf8").split(begin)
	const [table, after] = rest?.split(end) ?? []
	if (after === undefined) throw new PlainFailure(`${document} has no place for the table.`)
	return { before: `${before}${begin}`, table, after: `${end}${after}` }
}
