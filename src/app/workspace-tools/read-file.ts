import type { Call } from "./call"
import { find, openFile } from "./guard"
import { Refusal, refusalFrom } from "./refusal"
import { BoundedLines, counted, countOf } from "./shown-text"
import { NotTextError, readLines, type Line, type NotText } from "./text-lines"
import type { ReadFileInput } from "./tools"

/** A file's lines with their numbers. Throws a refusal. */
export async function readFile(
	call: Call,
	{ path, from_line: from = 1, to_line: to = Infinity }: ReadFileInput,
): Promise<string> {
	if (to < from) throw new Refusal("to_line comes before from_line.")
	const found = await find(call.roots, path)
	if (!found || found.shown === "") throw new Refusal("That is the workspace itself; list_files lists it.")
	const file = await openFile(call.roots, found)
	try {
		const { size } = await file.stat()
		const shown = new BoundedLines(call.limits.shownLines, call.limits.answerCharacters)
		let total = 0
		for await (const lines of readLines(file, call.clock, call.limits.lineCharacters))
			for (const line of lines) if (++total >= from && total <= to) shown.add(numbered(total, line))
		return answer(found.shown, { from, total, isCut: call.clock.isOver(), size }, shown)
	} catch (error) {
		if (error instanceof NotTextError) throw new Refusal(`"${found.shown}" ${NOT_TEXT_WORDS[error.why]}`)
		throw refusalFrom(error, found.shown)
	} finally {
		await file.close()
	}
}

const NOT_TEXT_WORDS: Readonly<Record<NotText, string>> = {
	binary: "is a binary file, so it is not shown.",
	"not-utf-8": "is not UTF-8 text, so it is not shown.",
}

function numbered(number: number, { text, length }: Line): string {
	const more = length - text.length
	return `${number}| ${text}${more > 0 ? ` … ${countOf(more, "more character")}` : ""}`
}

type Read = { readonly from: number; readonly total: number; readonly isCut: boolean; readonly size: number }

function answer(name: string, { from, total, isCut, size }: Read, { shown, left }: BoundedLines): string {
	const all = `${isCut ? "more than " : ""}${countOf(total, "line")}`
	if (total === 0 && !isCut) return `${name} is empty.`
	if (shown.length === 0 && isCut) throw new Refusal(`Line ${counted(from)} of "${name}" was not reached in time.`)
	if (shown.length === 0) throw new Refusal(`"${name}" has ${all}, so there is no line ${counted(from)}.`)
	const last = from + shown.length - 1
	const head = `${name}, ${shown.length === total && !isCut ? all : `lines ${counted(from)} to ${counted(last)} of ${all}`}, ${countOf(size, "byte")}`
	const more = left > 0 ? [`… ${counted(left)} more. Read on with from_line ${last + 1}.`] : []
	return [head, ...shown, ...more].join("\n")
}
