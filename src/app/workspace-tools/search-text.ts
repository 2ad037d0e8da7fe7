import type { Call } from "./limits"
import { fileMatcher } from "./glob"
import { find, folderOf, openFile, type Found } from "./guard"
import { Refusal } from "./refusal"
import { isSecret } from "./secret-files"
import { BoundedLines, formatCount, pluralize, truncate } from "./shown-text"
import { NotTextError, readLines, SecretTextError, type Line } from "./text-lines"
import type { SearchTextInput } from "./tools"
import { emptyLeftOut, formatLeftOut, walk, type LeftOut } from "./walk"

/** Number of files that are read concurrently: enough to keep the disk busy. */
const BATCH_SIZE = 16

/** Matches in one file. */
type FileResult = { readonly lines: readonly string[]; readonly matches: number; readonly longLines: number }
type SkippedFile = "secret" | "no-text" | "unreadable"

type Tally = {
	files: number
	matchingFiles: number
	matches: number
	longLines: number
	readonly skipped: Record<SkippedFile, number>
}

/**
 * Searches the files below a path for a text and returns one line for each matching line of a file.
 * @throws Refusal
 */
export async function searchText(call: Call, input: SearchTextInput): Promise<string> {
	const expression = expressionFor(input)
	const found = await find(call.roots, input.path ?? "")
	const list = new BoundedLines(call.limits.shownEntries, call.limits.answerCharacters)
	const skipped = { secret: 0, "no-text": 0, unreadable: 0 }
	const tally: Tally = { files: 0, matchingFiles: 0, matches: 0, longLines: 0, skipped }
	const leftOut = emptyLeftOut()
	for await (const files of batches(call, found, input.file_pattern, leftOut)) {
		const results = await Promise.all(files.map((file) => searchFile(call, file, expression)))
		for (const result of results) addResult(result, tally, list)
	}
	const isCut = leftOut.isCut || call.deadline.hasPassed()
	const { shown } = list
	const omitted = tally.matches - shown.length
	const closingNotes = [
		...(omitted > 0
			? [`… ${formatCount(omitted)} more. Name a path, a file_pattern or a longer text to find less.`]
			: []),
		...(isCut ? ["Ended early: there are more files. Name a path or a file_pattern to search the rest."] : []),
		...skippedMessage(call, tally),
		...formatLeftOut(leftOut, call),
		...(tally.matches === 0 && /\\[a-zA-Z.()]|\.[*+]|\||\[[^[\]]+\]|^\^|\$$/.test(input.pattern)
			? ["The text was searched as it is written, not as a regular expression."]
			: []),
	]
	return [headline(tally), ...shown, ...closingNotes].join("\n")
}

/**
 * The search text as an escaped regular expression, which cannot backtrack. A regular expression written by the model
 * could block the extension host for hours.
 */
function expressionFor({ pattern, match_case, whole_word }: SearchTextInput): RegExp {
	const text = pattern.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
	const word = "[\\p{L}\\p{N}_]"
	return new RegExp(whole_word ? `(?<!${word})${text}(?!${word})` : text, match_case ? "u" : "iu")
}

/** Yields the files to search, in order, in batches. */
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
	for await (const item of walk(call, found ? [found] : call.roots.map(folderOf), leftOut)) {
		if (item.kind !== "file" || item.isLink) continue
		if (!matches(item.shown) && !matches(item.segments.join("/"))) continue
		batch.push(item)
		if (batch.length < BATCH_SIZE) continue
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
	let [lineNumber, matches, longLines] = [0, 0, 0]
	try {
		for await (const chunk of readLines(handle, call.deadline, call.limits.searchedLineCharacters))
			for (const line of chunk) {
				lineNumber++
				if (line.length > line.text.length) longLines++
				const match = expression.exec(line.text)
				if (!match) continue
				matches++
				// Matches beyond the limit of shown entries are only counted.
				if (lines.length > call.limits.shownEntries) continue
				const shown = `${file.shown}:${lineNumber}| ${excerptAround(line, match, call.limits.matchCharacters)}`
				// Copied: a substring would keep the whole chunk of the file that it came from in memory.
				lines.push(Buffer.from(shown).toString())
			}
		return { lines, matches, longLines }
	} catch (error) {
		if (error instanceof SecretTextError) return "secret"
		return error instanceof NotTextError ? "no-text" : "unreadable"
	} finally {
		await handle.close()
	}
}

/** The whole line, or the part around its first match when the line has more than `characters` characters. */
function excerptAround({ text, length }: Line, match: RegExpExecArray, characters: number): string {
	if (length <= characters) return text
	const from = Math.max(0, match.index - Math.floor(characters / 3))
	const part = truncate(text.slice(from).replace(/^[\uDC00-\uDFFF]/, ""), characters)
	return `${from > 0 ? "… " : ""}${part}${from + part.length < length ? " …" : ""}`
}

function addResult(result: FileResult | SkippedFile, tally: Tally, list: BoundedLines): void {
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
	if (matches === 0) return `No line has that text; ${pluralize(files, "file was", "files were")} searched.`
	return `${pluralize(matches, "line")} in ${formatCount(matchingFiles)} of ${pluralize(files, "file")}:`
}

function skippedMessage({ limits }: Call, { longLines, skipped }: Tally): string[] {
	const reasons = [
		[skipped["no-text"], "not searched: binary, or not UTF-8 text."],
		[skipped.secret, "not searched: may hold secrets."],
		[skipped.unreadable, "could not be read."],
	] as const
	const messages = reasons.filter(([count]) => count > 0).map(([count, why]) => `${pluralize(count, "file")} ${why}`)
	const searched = formatCount(limits.searchedLineCharacters)
	return longLines > 0
		? [...messages, `Of ${pluralize(longLines, "long line")} only the first ${searched} characters were searched.`]
		: messages
}
