/** Escapes control characters and line separators, so that a file name cannot add lines to an answer. */
export function visible(text: string): string {
	return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
		const hex = character.codePointAt(0)?.toString(16).padStart(4, "0")
		return `\\u${hex}`
	})
}

/** Truncates a text to a number of UTF-16 code units without splitting a surrogate pair. */
export function truncate(text: string, characters: number): string {
	if (text.length <= characters) return text
	const splits = /[\uD800-\uDBFF]/.test(text.charAt(characters - 1))
	return text.slice(0, splits ? characters - 1 : characters)
}

/** A whole number with thousands separators: 1,240. */
export function formatCount(count: number): string {
	return count.toLocaleString("en-US")
}

/** "1 file", "1,240 files". */
export function pluralize(count: number, singular: string, plural = `${singular}s`): string {
	return `${formatCount(count)} ${count === 1 ? singular : plural}`
}

/** A list of lines, limited in number and in total characters. Further lines are only counted. */
export class BoundedLines {
	readonly shown: string[] = []
	/** Number of lines that exceeded a limit. After the first of them all others are omitted, so that there is no gap. */
	omitted = 0
	readonly #maxLines: number
	#charactersLeft: number

	constructor(maxLines: number, maxCharacters: number) {
		this.#maxLines = maxLines
		this.#charactersLeft = maxCharacters
	}

	add(line: string): void {
		this.#charactersLeft -= line.length + 1
		if (this.shown.length >= this.#maxLines || this.#charactersLeft < 0) this.omitted++
		else this.shown.push(line)
	}
}
