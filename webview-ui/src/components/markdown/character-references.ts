const REFERENCE = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/gi

const known = new Map<string, string>()
/** So that no text can fill the memory. */
const MAX_KNOWN = 1_000

/** `&amp;` and the like as the characters that they stand for; what stands for none is left as it is. */
export function readReferences(text: string): string {
	return text.includes("&") ? text.replace(REFERENCE, readReference) : text
}

/** By the browser's own table. The parser sees one reference, and runs nothing. */
function readReference(reference: string): string {
	const found = known.get(reference)
	if (found !== undefined) return found
	// Behind a letter, since blanks at the beginning of a page are dropped.
	const { body } = new DOMParser().parseFromString(`x${reference}`, "text/html")
	const character = body.textContent?.slice(1) ?? reference
	if (known.size < MAX_KNOWN) known.set(reference, character)
	return character
}
