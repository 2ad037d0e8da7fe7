/**
 * The text of the catalog's source files has one row, or one entry of sources.json, per line. Only such lines are ever
 * rewritten; every other byte of a file is preserved.
 */

export type JsonObject = { [name: string]: unknown }

export type Line = { readonly text: string; readonly json: JsonObject }

/** A file split into the text before its lines, the lines without commas, and the text after them. */
export type LineFile = { readonly head: string; readonly lines: readonly Line[]; readonly tail: string }

/** Delimiters and indentation of the lines in a file. */
export type LineForm = { readonly begin: string; readonly end: string; readonly indent: string }

export const PRICE_ROWS: LineForm = { begin: '\n\t"rows": [', end: "\n\t]", indent: "\t\t" }
export const SOURCES: LineForm = { begin: "{", end: "\n}", indent: "\t" }

/**
 * Splits a file into its lines. A line of sources.json is parsed as an object with one member.
 * @returns `null` when the file is not in the expected form
 */
export function readLines(text: string, form: LineForm): LineFile | null {
	const beginIndex = text.indexOf(form.begin)
	if (beginIndex === -1) return null
	const start = beginIndex + form.begin.length
	// A file without rows closes the list on the same line.
	if (text.startsWith("]", start)) return { head: text.slice(0, start), lines: [], tail: `\n\t${text.slice(start)}` }
	const end = text.lastIndexOf(form.end)
	if (end < start) return null
	const texts = text
		.slice(start, end)
		.split(",\n")
		.map((line) => line.replace(/^\n/, "").slice(form.indent.length))
	const lines: Line[] = []
	for (const line of texts) {
		try {
			const json: unknown = JSON.parse(line.startsWith("{") ? line : `{${line}}`)
			lines.push({ text: line, json: json as JsonObject })
		} catch {
			return null
		}
	}
	const file = { head: text.slice(0, start), lines, tail: text.slice(end) }
	return formatLines(file, form) === text ? file : null
}

export function formatLines({ head, lines, tail }: LineFile, form: LineForm): string {
	if (lines.length === 0) return head + tail.trimStart()
	return `${head}\n${lines.map(({ text }) => form.indent + text).join(",\n")}${tail}`
}

export function rowLine(json: JsonObject): Line {
	return { text: inline(json), json }
}

export function sourceLine(key: string, source: JsonObject): Line {
	return { text: `${JSON.stringify(key)}: ${inline(source)}`, json: { [key]: source } }
}

function inline(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`
	if (typeof value !== "object" || value === null) return JSON.stringify(value)
	const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${inline(member)}`)
	return members.length ? `{ ${members.join(", ")} }` : "{}"
}
