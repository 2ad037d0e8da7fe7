const REFERENCE = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/gi

const decoded = new Map<string, string>()
/** Limits the cache, so that no text can exhaust the memory. */
const MAX_DECODED = 1_000

/** Replaces character references such as `&amp;` with their characters. Unknown references are left unchanged. */
export function decodeReferences(text: string): string {
	return text.includes("&") ? text.replace(REFERENCE, decodeReference) : text
}

/** Uses the browser's own table. The parser gets a single reference and runs no script. */
function decodeReference(reference: string): string {
	const cached = decoded.get(reference)
	if (cached !== undefined) return cached
	// The reference follows a letter, since the parser drops white space at the start of a document.
	const { body } = new DOMParser().parseFromString(`x${reference}`, "text/html")
	const character = body.textContent?.slice(1) ?? reference
	if (decoded.size < MAX_DECODED) decoded.set(reference, character)
	return character
}
