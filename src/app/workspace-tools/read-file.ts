import type { Call } from "./limits"
import { find, openFile } from "./guard"
import { Refusal, refusalFrom } from "./refusal"
import { BoundedLines, formatCount, pluralize } from "./shown-text"
import { NotTextError, readLines, type Line } from "./text-lines"
import type { ReadFileInput } from "./tools"

/**
 * Returns the lines of a file with their numbers.
 * @throws Refusal
 */
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
		for await (const lines of readLines(file, call.deadline, call.limits.lineCharacters))
			for (const line of lines) if (++total >= from && total <= to) shown.add(formatLine(total, line))
		return formatAnswer(found.shown, { from, total, isCut: call.deadline.hasPassed(), size }, shown)
	} catch (error) {
		if (error instanceof NotTextError) throw new Refusal(`"${found.shown}" ${error.message}`)
		throw refusalFrom(error, found.shown)
	} finally {
		await file.close()
	}
}

function formatLine(lineNumber: number, { text, length }: Line): string {
	const omitted = length - text.length
	return `${lineNumber}| ${text}${omitted > 0 ? ` … ${pluralize(omitted, "more character")}` : ""}`
}

type ReadResult = { readonly from: number; readonly total: number; readonly isCut: boolean; readonly size: number }

function formatAnswer(
	name: string,
	{ from, total, isCut, size }: ReadResult,
	{ shown, omitted }: BoundedLines,
): string {
	const lineTotal = `${isCut ? "more than " : ""}${pluralize(total, "line")}`
	if (total === 0 && !isCut) return `${name} is empty.`
	if (shown.length === 0 && isCut)
		throw new Refusal(`Line ${formatCount(from)} of "${name}" was not reached in time.`)
	if (shown.length === 0) throw new Refusal(`"${name}" has ${lineTotal}, so there is no line ${formatCount(from)}.`)
	const last = from + shown.length - 1
	const head = `${name}, ${shown.length === total && !isCut ? lineTotal : `lines ${formatCount(from)} to ${formatCount(last)} of ${lineTotal}`}, ${pluralize(size, "byte")}`
	const more = omitted > 0 ? [`… ${formatCount(omitted)} more. Read on with from_line ${last + 1}.`] : []
	return [head, ...shown, ...more].join("\n")
}
