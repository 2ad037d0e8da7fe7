const NUMBER = /^(\d+(\.\d*)?|\.\d+)(e-?\d+)?$/i

/** Numbers that a number field accepts. `min` is 0 by default; `whole` excludes fractions. */
export type NumberLimits = { readonly min?: number; readonly max: number; readonly whole?: boolean }

/**
 * Parses the text of a number field. Returns `null` for empty text and `undefined` for anything but a number within the
 * limits. Commas are rejected, because "1,000" means one in some countries and a thousand in others.
 */
export function readNumber(text: string, { min = 0, max, whole = false }: NumberLimits): number | null | undefined {
	const trimmed = text.trim()
	if (trimmed === "") return null
	const number = NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN
	if (whole && !Number.isInteger(number)) return undefined
	return number >= min && number <= max ? number : undefined
}
