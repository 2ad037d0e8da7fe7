import { readFileSync, writeFileSync } from "node:fs"
import { PlainFailure } from "./plain-failure.mjs"

/** Replaces the text between the two marker comments of a command, for example of `bench`, and formats the document with its Prettier settings. */
export async function writeTable(document, command, table) {
	const { format, resolveConfig } = await import("prettier")
	const { before, after } = splitAtMarkers(document, command)
	const updated = `${before}\n\n${table}\n\n${after}`
	writeFileSync(document, await format(updated, { ...(await resolveConfig(document)), parser: "markdown" }))
}

function splitAtMarkers(document, command) {
	const begin = `<!-- the table of npm run ${command} -->`
	const end = "<!-- its end -->"
	const [before, rest] = readFileSync(document, "utf8").split(begin)
	const [table, after] = rest?.split(end) ?? []
	if (after === undefined) throw new PlainFailure(`${document} has no place for the table.`)
	return { before: `${before}${begin}`, table, after: `${end}${after}` }
}
