const NUMBER = /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i

/**
 * Reads what was typed into a number field. Null = empty; undefined = no number from 0 to `max`. A comma is not
 * read, since "1,000" is one to some and a thousand to others.
 */
export function readNumber(text: string, max: number): number | null | undefined {
	const trimmed = text.trim()
	if (trimmed === "") return null
	const number = NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN
	return number <= max ? number : undefined
}
