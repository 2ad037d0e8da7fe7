/** Share of the text that may differ. */
const MAX_DIFFERENCE = 0.4

/**
 * Returns the candidate that needs the fewest edits to become the text, in any case; `null` when none is similar. An
 * edit inserts, deletes or replaces a character, or swaps two.
 */
export function nearestText(text: string, candidates: readonly string[]): string | null {
	let nearest: string | null = null
	let fewest = Math.floor(text.length * MAX_DIFFERENCE) + 1
	for (const candidate of candidates) {
		const edits = editDistance(text.toLowerCase(), candidate.toLowerCase())
		if (edits < fewest) [nearest, fewest] = [candidate, edits]
	}
	return nearest
}

/** Optimal string alignment distance. */
function editDistance(from: string, to: string): number {
	const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)]
	const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity
	for (let row = 1; row <= from.length; row++) {
		rows.push([row])
		for (let column = 1; column <= to.length; column++) {
			const isSame = from[row - 1] === to[column - 1]
			const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
			rows[row]?.push(
				Math.min(
					at(row - 1, column - 1) + (isSame ? 0 : 1),
					at(row - 1, column) + 1,
					at(row, column - 1) + 1,
					isSwap ? at(row - 2, column - 2) + 1 : Infinity,
				),
			)
		}
	}
	return at(from.length, to.length)
}
