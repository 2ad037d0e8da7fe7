/**
 * Strict CSV parser (RFC 4180).
 * @throws on a quote in an unquoted cell, text after a closing quote, an unclosed cell, a row that does not end with CR
 * LF, and rows of different lengths
 */
export function readCsv(text: string): string[][] {
	const rows: string[][] = []
	let row: string[] = []
	let at = 0
	while (at < text.length) {
		const cell = text[at] === '"' ? readQuoted(text, at) : readUnquoted(text, at)
		row.push(cell.value)
		at = cell.end
		if (text[at] === ",") {
			at += 1
			continue
		}
		if (!text.startsWith("\r\n", at)) throw new Error(`At ${at} a cell goes on behind its end.`)
		at += 2
		rows.push(row)
		row = []
	}
	if (row.length > 0) throw new Error("The last row does not end.")
	if (rows.some(({ length }) => length !== rows[0]?.length)) throw new Error("The rows have different lengths.")
	return rows
}

type Cell = { readonly value: string; readonly end: number }

function readQuoted(text: string, start: number): Cell {
	const [quoted] = /^"(?:[^"]|"")*"/.exec(text.slice(start)) ?? []
	if (quoted === undefined) throw new Error(`The cell at ${start} is never closed.`)
	return { value: quoted.slice(1, -1).replaceAll('""', '"'), end: start + quoted.length }
}

function readUnquoted(text: string, start: number): Cell {
	const [value = ""] = /^[^",\r\n]*/.exec(text.slice(start)) ?? []
	return { value, end: start + value.length }
}
