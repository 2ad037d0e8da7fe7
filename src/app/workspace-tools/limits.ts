/** How much one call may give and take. What is left out is told in the answer. */
export type Limits = {
	/** Entries of a list, or lines of search results, that are shown. */
	readonly shownEntries: number
	/** Lines of a file that are shown. */
	readonly shownLines: number
	/** Characters of one shown line of a file. */
	readonly lineCharacters: number
	/** Characters of one shown line of a search result. */
	readonly matchCharacters: number
	/** Characters of a whole answer, apart from its closing sentences. */
	readonly answerCharacters: number
	/** Characters of one line that are kept and searched. */
	readonly keptLineCharacters: number
	/** Entries of one folder that are read. */
	readonly folderEntries: number
	/** Entries, files and folders alike, that one call walks over. */
	readonly walkedEntries: number
	/** Milliseconds until a call ends with what it has. */
	readonly timeMs: number
}

export const LIMITS: Limits = {
	shownEntries: 500,
	shownLines: 1_000,
	lineCharacters: 2_000,
	matchCharacters: 300,
	answerCharacters: 60_000,
	keptLineCharacters: 65_536,
	folderEntries: 20_000,
	walkedEntries: 100_000,
	timeMs: 10_000,
}
