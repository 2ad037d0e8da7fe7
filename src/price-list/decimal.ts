const DECIMAL = /^(\d{1,20}(?:\.\d{1,20})?)(?:[eE]([-+]?\d{1,2}))?$/

/**
 * Multiplies a printed decimal number by a power of ten without rounding: ("0.000126175", 3) → 0.126175.
 * @returns `null` when the text is not a decimal number or is negative
 */
export function timesPowerOfTen(text: string, power: number): number | null {
	const match = DECIMAL.exec(text)
	if (!match) return null
	const [, digits, exponent = "0"] = match
	// Parsed from decimal text, so that the result equals the number that the same text in a JSON file gives.
	return Number(`${digits}e${Number(exponent) + power}`)
}
