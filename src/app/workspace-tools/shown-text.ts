/** Control characters, made visible: a file's name must not write lines of its own into an answer. */
export function visible(text: string): string {
	return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
		const hex = character.codePointAt(0)?.toString(16).padStart(4, "0")
		return `\\u${hex}`
	})
}

/** The text, or its start where it is longer; no character is cut in two. */
export function startOf(text: string, characters: number): string {
	if (text.length <= characters) return text
	const splits = /[\uD800-\uDBFF]/.test(text.charAt(characters - 1))
	return text.slice(0, splits ? characters - 1 : characters)
}

/** A whole number as people write it: 1,240. */
export function counted(count: number): string {
	return count.toLocaleString("en-US")
}

/** "1 file", "1,240 files". */
export function countOf(count: number, one: string, many = `${one}s`): string {
	return `${counted(count)} ${count === 1 ? one : many}`
}

/** Lines up to a number and a length; those beyond are counted. */
export class BoundedLines {
	readonly #lines: string[] = []
	readonly #max: number
	#charactersLeft: number
	#left = 0

	constructor(most: number, characters: number) {
		this.#max = most
		this.#charactersLeft = characters
	}

	/** How many lines did not fit. After the first of them no other does, so that nothing is missing in between. */
	get left(): number {
		return this.#left
	}

	get shown(): readonly string[] {
		return this.#lines
	}

	add(line: string): void {
		this.#charactersLeft -= line.length + 1
		if (this.#lines.length >= this.#max || this.#charactersLeft < 0) this.#left++
		else this.#lines.push(line)
	}
}
