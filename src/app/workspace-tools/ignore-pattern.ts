import { matchesSequence } from "./glob"

/**
 * One line of a .gitignore file. It is matched without regular expressions, because a hostile line could make them
 * backtrack for hours: the time is at most length of the path × length of the line.
 */
export type IgnorePattern = {
	/** The line re-includes what earlier lines exclude. */
	readonly isNegated: boolean
	/** @param path segments below the folder of the file, in lower case when the file system ignores case */
	readonly matches: (path: readonly string[], isFolder: boolean) => boolean
}

const ANY_FOLDERS = "**"
const ANY_TEXT = "*"
type CharacterTest = (character: string) => boolean
type SegmentPattern = readonly (typeof ANY_TEXT | CharacterTest)[]

/**
 * Parses a line as Git does (gitignore(5)), except for named classes such as `[:alpha:]`.
 * @returns `null` for a comment, an empty line and a line that can match nothing
 */
export function parseIgnorePattern(line: string): IgnorePattern | null {
	if (line.startsWith("#")) return null
	const isNegated = line.startsWith("!")
	const pattern = withoutTrailingSpaces(isNegated ? line.slice(1) : line)
	const foldersOnly = pattern.endsWith("/")
	const path = foldersOnly ? pattern.slice(0, -1) : pattern
	if (path === "") return null
	// Without another slash, a pattern applies to names at any depth.
	const parts = path.includes("/") ? path.replace(/^\//, "").split("/") : [ANY_FOLDERS, path]
	// A final "**" matches everything inside a folder, but not the folder itself.
	if (path !== ANY_FOLDERS && parts.at(-1) === ANY_FOLDERS) parts.push(ANY_TEXT)
	const segments = parts.map((part) => (part === ANY_FOLDERS ? ANY_FOLDERS : parseSegment(part)))
	if (segments.includes(null)) return null
	return {
		isNegated,
		matches: (names, isFolder) =>
			(isFolder || !foldersOnly) &&
			matchesSequence(names, segments as (string | SegmentPattern)[], ANY_FOLDERS, matchesName),
	}
}

/** Removes spaces at the end, except one that is escaped by a backslash. */
function withoutTrailingSpaces(line: string): string {
	let end = line.length
	while (line[end - 1] === " ") end--
	const backslashes = end - line.slice(0, end).replace(/(?<!\\)\\+$/, "").length
	return line.slice(0, backslashes % 2 === 1 && end < line.length ? end + 1 : end)
}

function matchesName(name: string, pattern: string | SegmentPattern): boolean {
	return matchesSequence<string, string | CharacterTest>(name, pattern, ANY_TEXT, (character, test) =>
		typeof test === "string" ? character === test : test(character),
	)
}

/** `null` when the pattern ends within a class or an escape, so that it can match nothing. */
function parseSegment(text: string): SegmentPattern | null {
	const pattern: (typeof ANY_TEXT | CharacterTest)[] = []
	for (let at = 0; at < text.length; at++) {
		const character = text.charAt(at)
		if (character === "*") pattern.push(ANY_TEXT)
		else if (character === "?") pattern.push(() => true)
		else if (character === "[") {
			const read = parseClass(text, at + 1)
			if (!read) return null
			pattern.push(read.test)
			at = read.end
		} else {
			if (character === "\\" && ++at === text.length) return null
			const literal = text.charAt(at)
			pattern.push((other) => other === literal)
		}
	}
	return pattern
}

/** Parses a class such as `[!a-z]` from the position after its bracket. `end` is the position of the other bracket. */
function parseClass(text: string, start: number): { test: CharacterTest; end: number } | null {
	const isNegated = text[start] === "!" || text[start] === "^"
	const ranges: (readonly [from: string, to: string])[] = []
	let at = isNegated ? start + 1 : start
	const first = at
	const readCharacter = () => text.charAt(text[at] === "\\" ? ++at : at)
	for (; text[at] !== "]" || at === first; at++) {
		if (at >= text.length) return null
		const from = readCharacter()
		const isRange = text[at + 1] === "-" && text[at + 2] !== undefined && text[at + 2] !== "]"
		if (isRange) at += 2
		ranges.push([from, isRange ? readCharacter() : from])
	}
	return { test: (other) => ranges.some(([from, to]) => from <= other && other <= to) !== isNegated, end: at }
}
