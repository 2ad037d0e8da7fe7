/** A span of a text to be replaced. Offsets are those of the text before any edit. */
export type TextEdit = {
	readonly start: number
	readonly end: number
	readonly text: string
}

/**
 * The text after all edits; null when two of them overlap. Edits at one place are put in the order in which they are given.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | null {
	let result = ""
	let at = 0
	for (const edit of inOrder(edits)) {
		if (edit.start < at) return null
		result += text.slice(at, edit.start) + edit.text
		at = edit.end
	}
	return result + text.slice(at)
}

/** The edits that turn the edited text back into the first one. */
export function inverseEdits(text: string, edits: readonly TextEdit[]): TextEdit[] {
	let shift = 0
	return inOrder(edits).map(({ start, end, text: inserted }) => {
		const from = start + shift
		shift += inserted.length - (end - start)
		return { start: from, end: from + inserted.length, text: text.slice(start, end) }
	})
}

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
	return edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
}
