const NUMBER = /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i

/** What a number field takes. `min`: absent = 0. `whole`: no fractions. */
export type NumberLimits = { readonly min?: number; readonly max: number; readonly whole?: boolean }

/**
 * Reads what was typed into a number field. Null = empty; undefined = no number within the limits. A comma is not
 * read, since "1,000" is one to some and a thousand to others.
 */
export function readNumber(text: string, { min = 0, max, whole = false }: NumberLimits): number | null | undefined {
	const trimmed = text.trim()
	if (trimmed === "") return null
	const number = NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN
	if (whole && !Number.isInteger(number)) return undefined
	return number >= min && number <= max ? number : undefined
}
