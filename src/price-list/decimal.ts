/** A decimal number without rounding: value = digits ÷ 10^scale. */
type Decimal = { readonly digits: bigint; readonly scale: number }

const DECIMAL = /^(\d{1,20})(?:\.(\d{1,20}))?(?:[eE]([-+]?\d{1,2}))?$/

/**
 * Multiplies a printed decimal number by a power of ten without rounding: ("0.000126175", 3) → 0.126175.
 * @returns `null` when the text is not a decimal number or is negative
 */
export function timesPowerOfTen(text: string, power: number): number | null {
	const match = DECIMAL.exec(text)
	if (!match) return null
	const [, whole = "", fraction = "", exponent = "0"] = match
	return toNumber({ digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) - power })
}

function toNumber({ digits, scale }: Decimal): number {
	if (scale <= 0) return Number(`${digits}${"0".repeat(-scale)}`)
	const text = String(digits).padStart(scale + 1, "0")
	// Parsed from decimal text, so that the result equals the number that the same text in a JSON file gives.
	return Number(`${text.slice(0, -scale)}.${text.slice(-scale)}`)
}
