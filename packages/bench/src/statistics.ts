/** What many rounds of one measurement come to, in their unit. */
export type Spread = {
	readonly rounds: number
	readonly median: number
	/** A quarter of the rounds lies below the one, a quarter above the other. */
	readonly lowerQuartile: number
	readonly upperQuartile: number
}

/** Throws where there is no round: no figure may come of nothing. */
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

/** Between two values in proportion, as spreadsheets do it. */
export function quantile(sorted: readonly number[], share: number): number {
	const position = (sorted.length - 1) * share
	const [low = NaN, high = NaN] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]]
	return low + (high - low) * (position - Math.floor(position))
}

/** Round by round, the one in terms of the other: what the machine did at that moment goes out of it. */
export function pairedRatio(values: readonly number[], base: readonly number[]): Spread {
	if (values.length !== base.length) throw new Error("The rounds do not belong together.")
	return spreadOf(values.map((value, index) => value / (base[index] ?? NaN)))
}

/** Round by round, the one less the other. */
export function pairedDifference(values: readonly number[], base: readonly number[]): Spread {
	if (values.length !== base.length) throw new Error("The rounds do not belong together.")
	return spreadOf(values.map((value, index) => value - (base[index] ?? NaN)))
}
