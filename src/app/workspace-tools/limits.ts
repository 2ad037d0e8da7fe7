/** Limits of one tool call. The answer reports what was omitted because of them. */
export type Limits = {
	/** Maximum entries of a list, or lines of search results, in one answer. */
	readonly shownEntries: number
	/** Maximum lines of a file in one answer. */
	readonly shownLines: number
	/** Maximum characters of each line of a file. */
	readonly lineCharacters: number
	/** Maximum characters of each line of a search result. */
	readonly matchCharacters: number
	/** Maximum characters of a whole answer, without its closing notes. */
	readonly answerCharacters: number
	/** Characters at the start of each line that are searched. */
	readonly searchedLineCharacters: number
	/** Maximum entries that are read of one folder. */
	readonly folderEntries: number
	/** Maximum entries, files and folders together, that one call visits. */
	readonly walkedEntries: number
	/** Milliseconds after which a call ends with the results found so far. */
	readonly timeMs: number
}

export const LIMITS: Limits = {
	shownEntries: 500,
	shownLines: 1_000,
	lineCharacters: 2_000,
	matchCharacters: 300,
	answerCharacters: 60_000,
	searchedLineCharacters: 65_536,
	folderEntries: 20_000,
	walkedEntries: 100_000,
	timeMs: 10_000,
}
