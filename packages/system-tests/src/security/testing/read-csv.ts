/**
 * The rows of a text as RFC 4180 has them. Throws where it is not kept to: a quote in a cell without quotes, something behind a
 * closing quote, a cell that is never closed, a row that does not end in CR LF, rows of different lengths.
 */
export function readCsv(text: string): string[][] {
	const rows: string[][] = []
	let row: string[] = []
	let at = 0
	while (at < text.length) {
		const cell = text[at] === '"' ? readQuoted(text, at) : readBare(text, at)
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
	const [all] = /^"(?:[^"]|"")*"/.exec(text.slice(start)) ?? []
	if (all === undefined) throw new Error(`The cell at ${start} is never closed.`)
	return { value: all.slice(1, -1).replaceAll('""', '"'), end: start + all.length }
}

function readBare(text: string, start: number): Cell {
	const [value = ""] = /^[^",\r\n]*/.exec(text.slice(start)) ?? []
	return { value, end: start + value.length }
}
