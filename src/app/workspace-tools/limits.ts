import type { Deadline } from "./deadline"
import type { Root } from "./guard"

/** Limits of one tool call. The answer reports what was omitted because of them. */
export const LIMITS = {
	/** Maximum entries of a list, or lines of search results, in one answer. */
	shownEntries: 500,
	/** Maximum lines of a file in one answer. */
	shownLines: 1_000,
	/** Maximum characters of each line of a file. */
	lineCharacters: 2_000,
	/** Maximum characters of each line of a search result. */
	matchCharacters: 300,
	/** Maximum characters of a whole answer, without its closing notes. */
	answerCharacters: 60_000,
	/** Characters at the start of each line that are searched. */
	searchedLineCharacters: 65_536,
	/** Maximum entries that are read of one folder. */
	folderEntries: 20_000,
	/** Maximum entries, files and folders together, that one call visits. */
	walkedEntries: 100_000,
	/** Milliseconds after which a call ends with the results found so far. */
	timeMs: 10_000,
}
export type Limits = Readonly<typeof LIMITS>

/** State shared by all steps of one tool call. */
export type Call = {
	readonly roots: readonly Root[]
	readonly limits: Limits
	readonly deadline: Deadline
}
