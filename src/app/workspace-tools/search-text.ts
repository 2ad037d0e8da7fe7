import type { Call } from "./call"
import { fileMatcher } from "./glob"
import { find, folderOf, openFile, type Found } from "./guard"
import { Refusal } from "./refusal"
import { isSecret } from "./secret-files"
import { BoundedLines, counted, countOf, startOf } from "./shown-text"
import { NotTextError, readLines, type Line } from "./text-lines"
import type { SearchTextInput } from "./tools"
import { formatLeftOut, nothingLeftOut, walk, type LeftOut } from "./walk"

/** Files that are read at a time: enough to keep the disk busy. */
const AT_A_TIME = 16

/** What one file gave. */
type FileResult = { readonly lines: readonly string[]; readonly matches: number; readonly longLines: number }
type SkippedFile = "secret" | "no-text" | "unreadable"

type Tally = {
	files: number
	matchingFiles: number
	matches: number
	longLines: number
	readonly skipped: Record<SkippedFile, number>
}

/** Where a text stands in the files below a path: a line for each line of a file that has it. Throws a refusal. */
export async function searchText(call: Call, input: SearchTextInput): Promise<string> {
	const expression = expressionFor(input)
	const found = await find(call.roots, input.path ?? "")
	const list = new BoundedLines(call.limits.shownEntries, call.limits.answerCharacters)
	const skipped = { secret: 0, "no-text": 0, unreadable: 0 }
	const tally: Tally = { files: 0, matchingFiles: 0, matches: 0, longLines: 0, skipped }
	const leftOut = nothingLeftOut()
	for await (const files of batches(call, found, input.file_pattern, leftOut)) {
		const results = await Promise.all(files.map((file) => searchFile(call, file, expression)))
		for (const result of results) take(result, tally, list)
	}
	const isCut = leftOut.isCut || call.clock.isOver()
	const { shown } = list
	const more = tally.matches - shown.length
	const closing = [
		...(more > 0 ? [`… ${counted(more)} more. Name a path, a file_pattern or a longer text to find less.`] : []),
		...(isCut ? ["Ended early: there are more files. Name a path or a file_pattern to search the rest."] : []),
		...skippedMessage(call, tally),
		...formatLeftOut(leftOut, call),
		...(tally.matches === 0 && /\\[a-zA-Z.()]|\.[*+]|\||\[.+\]|^\^|\$$/.test(input.pattern)
			? ["The text was searched as it is written, not as a regular expression."]
			: []),
	]
	return [headline(tally), ...shown, ...closing].join("\n")
}

/**
 * The text as a regular expression that has nothing to try twice: a real one, written by the model, could keep VS Code's
 * extension host busy for hours.
 */
function expressionFor({ pattern, match_case, whole_word }: SearchTextInput): RegExp {
	const text = pattern.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
	const word = "[\\p{L}\\p{N}_]"
	return new RegExp(whole_word ? `(?<!${word})${text}(?!${word})` : text, match_case ? "u" : "iu")
}

/** The files to search, in order, some at a time. */
async function* batches(
	call: Call,
	found: Found | undefined,
	pattern: string | undefined,
	leftOut: LeftOut,
): AsyncGenerator<readonly Found[], void, void> {
	const matches = pattern === undefined ? () => true : fileMatcher(pattern)
	if (!matches) throw new Refusal("file_pattern stands for too many names.")
	if (found && found.kind !== "folder") {
		yield [found]
		return
	}
	let batch: Found[] = []
	for (const start of found ? [found] : call.roots.map(folderOf))
		for await (const item of walk(call, start, leftOut)) {
			if (item.kind !== "file" || item.isLink) continue
			if (!matches(item.shown) && !matches(item.segments.join("/"))) continue
			batch.push(item)
			if (batch.length < AT_A_TIME) continue
			yield batch
			batch = []
		}
	yield batch
}

async function searchFile(call: Call, file: Found, expression: RegExp): Promise<FileResult | SkippedFile> {
	if (isSecret(file.segments)) return "secret"
	const handle = await openFile(call.roots, file).catch(() => undefined)
	if (!handle) return "unreadable"
	const lines: string[] = []
	let [number, matches, longLines] = [0, 0, 0]
	try {
		for await (const some of readLines(handle, call.clock, call.limits.keptLineCharacters))
			for (const line of some) {
				number++
				if (line.length > line.text.length) longLines++
				const match = expression.exec(line.text)
				if (!match) continue
				matches++
				// Beyond what is shown, matches are counted only.
				if (lines.length <= call.limits.shownEntries)
					lines.push(copyOf(`${file.shown}:${number}| ${around(line, match, call.limits.matchCharacters)}`))
			}
		return { lines, matches, longLines }
	} catch (error) {
		return error instanceof NotTextError ? "no-text" : "unreadable"
	} finally {
		await handle.close()
	}
}

/** The line, or the part around its first match where it is longer than is shown. */
function around({ text, length }: Line, match: RegExpExecArray, characters: number): string {
	if (length <= characters) return text
	const from = Math.max(0, match.index - Math.floor(characters / 3))
	const part = startOf(text.slice(from).replace(/^[\uDC00-\uDFFF]/, ""), characters)
	return `${from > 0 ? "… " : ""}${part}${from + part.length < length ? " …" : ""}`
}

function take(result: FileResult | SkippedFile, tally: Tally, list: BoundedLines): void {
	if (typeof result === "string") {
		tally.skipped[result]++
		return
	}
	tally.files++
	tally.matches += result.matches
	tally.longLines += result.longLines
	if (result.matches > 0) tally.matchingFiles++
	for (const line of result.lines) list.add(line)
}

function headline({ files, matchingFiles, matches }: Tally): string {
	if (matches === 0) return `No line has that text; ${countOf(files, "file was", "files were")} searched.`
	return `${countOf(matches, "line")} in ${counted(matchingFiles)} of ${countOf(files, "file")}:`
}

function skippedMessage({ limits }: Call, { longLines, skipped }: Tally): string[] {
	const sentences = [
		[skipped["no-text"], "not searched: binary, or not UTF-8 text."],
		[skipped.secret, "not searched: may hold secrets."],
		[skipped.unreadable, "could not be read."],
	] as const
	const words = sentences.filter(([count]) => count > 0).map(([count, why]) => `${countOf(count, "file")} ${why}`)
	const kept = counted(limits.keptLineCharacters)
	return longLines > 0
		? [...words, `Of ${countOf(longLines, "long line")} only the first ${kept} characters were searched.`]
		: words
}

/** A part of a string keeps the whole of it in memory; here that is all that was read of a file at a time. */
function copyOf(text: string): string {
	return Buffer.from(text).toString()
}
