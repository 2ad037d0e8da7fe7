/** Share of the text that may differ. */
const MAX_DIFFERENCE = 0.4

/**
 * Returns the candidate that needs the fewest insertions, deletions and replacements of characters to become the text,
 * in any case; `null` when none is similar.
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

function editDistance(from: string, to: string): number {
	let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
	for (let row = 1; row <= from.length; row++) {
		const current = [row]
		for (let column = 1; column <= to.length; column++) {
			const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
			current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
		}
		previous = current
	}
	return previous[to.length] ?? 0
}
