/**
 * The text of the catalog's authored files: one row, or one source, a line. Only such lines are ever written anew;
 * every other byte of a file stays as it was.
 */

export type JsonObject = { [name: string]: unknown }

export type Line = { readonly text: string; readonly json: JsonObject }

/** A file as what stands before its lines, the lines themselves without commas, and what stands after them. */
export type LineFile = { readonly head: string; readonly lines: readonly Line[]; readonly tail: string }

/** Where the lines of a file stand. */
export type LineForm = { readonly begin: string; readonly end: string; readonly indent: string }

export const PRICE_ROWS: LineForm = { begin: '\n\t"rows": [', end: "\n\t]", indent: "\t\t" }
export const SOURCES: LineForm = { begin: "{", end: "\n}", indent: "\t" }

/** Null when the file is not in the form. A line of sources.json reads as an object of one member. */
export function readLines(text: string, form: LineForm): LineFile | null {
	const at = text.indexOf(form.begin)
	if (at === -1) return null
	const start = at + form.begin.length
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
