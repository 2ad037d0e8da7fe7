/** Summary of many rounds of one measurement, in its unit. */
export type Spread = {
	readonly rounds: number
	readonly median: number
	/** A quarter of the rounds is below `lowerQuartile`, and a quarter above `upperQuartile`. */
	readonly lowerQuartile: number
	readonly upperQuartile: number
}

/** Throws when there are no values, which have no median, or when a value is not a finite number. */
export function spreadOf(values: readonly number[]): Spread {
	if (values.length === 0) throw new Error("There is nothing to take the median of.")
	if (!values.every(Number.isFinite)) throw new Error("A measurement is not a number.")
	const sorted = values.toSorted((one, other) => one - other)
	return {
		rounds: values.length,
		median: quantile(sorted, 0.5),
		lowerQuartile: quantile(sorted, 0.25),
		upperQuartile: quantile(sorted, 0.75),
	}
}

/** Interpolates linearly between two values, as spreadsheets do. */
export function quantile(sorted: readonly number[], share: number): number {
	const position = (sorted.length - 1) * share
	const [low = NaN, high = NaN] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]]
	return low + (high - low) * (position - Math.floor(position))
}

/** Ratio of the values of each round, which cancels the machine's state at that time. Throws if the lengths differ. */
export function pairedRatio(values: readonly number[], base: readonly number[]): Spread {
	if (values.length !== base.length) throw new Error("The rounds do not belong together.")
	return spreadOf(values.map((value, index) => value / (base[index] ?? NaN)))
}

/** Difference of the values of each round. Throws when the lengths differ. */
export function pairedDifference(values: readonly number[], base: readonly number[]): Spread {
	if (values.length !== base.length) throw new Error("The rounds do not belong together.")
	return spreadOf(values.map((value, index) => value - (base[index] ?? NaN)))
}
