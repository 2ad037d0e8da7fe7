/** The replacement of a span of text. Offsets refer to the text before any edit. */
export type TextEdit = {
	readonly start: number
	readonly end: number
	readonly text: string
}

/**
 * Applies all edits; `null` when two of them overlap. Edits at the same place are inserted in the order given.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | null {
	let result = ""
	let at = 0
	for (const edit of sortEdits(edits)) {
		if (edit.start < at) return null
		result += text.slice(at, edit.start) + edit.text
		at = edit.end
	}
	return result + text.slice(at)
}

/** Returns the edits that turn the edited text back into the original text. */
export function inverseEdits(text: string, edits: readonly TextEdit[]): TextEdit[] {
	let shift = 0
	return sortEdits(edits).map(({ start, end, text: inserted }) => {
		const from = start + shift
		shift += inserted.length - (end - start)
		return { start: from, end: from + inserted.length, text: text.slice(start, end) }
	})
}

function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
	return edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
}
