/** Distribution of the values of one tier. */
export type Spread = {
	readonly count: number
	/** 10th percentile. */
	readonly lowest: number
	/** 25th percentile. The middle half of the values is between `from` and `to`. */
	readonly from: number
	readonly median: number
	/** 75th percentile. */
	readonly to: number
	/** 90th percentile. */
	readonly highest: number
}

/** Distribution of the known values, interpolated between two of them; `null` when no value is known. */
export function spreadOf(values: readonly (number | null | undefined)[]): Spread | null {
	const sorted = values.filter((value) => value != null).sort((one, other) => one - other)
	if (sorted.length === 0) return null
	const at = (share: number) => quantile(sorted, share)
	return {
		count: sorted.length,
		lowest: at(0.1),
		from: at(0.25),
		median: at(0.5),
		to: at(0.75),
		highest: at(0.9),
	}
}

/** Median of the known values; `null` when no value is known. */
export function median(values: readonly (number | null | undefined)[]): number | null {
	return spreadOf(values)?.median ?? null
}

function quantile(sorted: readonly number[], share: number): number {
	const position = (sorted.length - 1) * share
	const [low = 0, high = low] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]]
	return low + (high - low) * (position - Math.floor(position))
}
