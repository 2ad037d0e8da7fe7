import { usdDigits } from "../cost/format-usd"

/** Parts of a sum in USD, rounded to the same number of decimals. */
export type UsdGroup = {
	/** Rounded, and in sum equal to `total`. */
	readonly amounts: readonly number[]
	/** The sum of the unrounded amounts, rounded. */
	readonly total: number
	readonly digits: number
}

/**
 * Rounds the parts of a sum that are shown together, so that they have equal decimals and add up. The total is rounded,
 * and the amounts with the largest remainders are rounded up to reach it, the largest amount first if they are equal.
 */
export function usdGroup(amounts: readonly number[]): UsdGroup {
	const sum = amounts.reduce((total, usd) => total + usd, 0)
	const digits = sharedUsdDigits(amounts)
	const unit = 10 ** digits
	const exact = amounts.map((usd) => fromFloat(usd * unit))
	const units = exact.map(Math.floor)
	const missing = Math.round(fromFloat(sum * unit)) - units.reduce((total, count) => total + count, 0)
	const byRemainder = exact
		.map((count, index) => ({ index, count, remainder: fromFloat(count - Math.floor(count)) }))
		.sort((one, other) => other.remainder - one.remainder || other.count - one.count)
	for (const { index } of byRemainder.slice(0, missing)) units[index] = (units[index] ?? 0) + 1
	return { amounts: units.map((count) => count / unit), total: Math.round(fromFloat(sum * unit)) / unit, digits }
}

/** Decimals of amounts in USD that are shown together: as many as the smallest one needs. */
export function sharedUsdDigits(amounts: readonly number[]): number {
	return Math.max(2, ...amounts.filter((usd) => usd > 0).map(usdDigits))
}

/** Removes the error of a floating-point product, which would round 0.29 × 100 down to 28. */
const fromFloat = (value: number) => Number(value.toPrecision(12))
