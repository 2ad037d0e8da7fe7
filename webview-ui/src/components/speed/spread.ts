/** Where the values of one tier lie. */
export type Spread = {
	readonly count: number
	/** A tenth of the values is below. */
	readonly lowest: number
	/** The middle half lies between these two. */
	readonly from: number
	readonly median: number
	readonly to: number
	/** A tenth of the values is above. */
	readonly highest: number
}

/** Unknown values are left out; null = there is none that is known. Between two values it is interpolated. */
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

/** Unknown values are left out; null = there is none that is known. */
export function median(values: readonly (number | null | undefined)[]): number | null {
	return spreadOf(values)?.median ?? null
}

function quantile(sorted: readonly number[], share: number): number {
	const place = (sorted.length - 1) * share
	const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
	return low + (high - low) * (place - Math.floor(place))
}
