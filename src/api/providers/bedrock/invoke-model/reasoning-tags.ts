import type { ReasoningChunk, TextChunk } from "../../../provider-contract"

const OPENING = "<reasoning>"
const CLOSING = "</reasoning>"

/**
 * Takes the reasoning out of the text before the answer: through InvokeModel, OpenAI's models put it between tags, as one
 * pair or as one around each piece. Tags in the answer itself are the answer's.
 * Source: AWS user guide, OpenAI models, response body.
 */
export function reasoningTagSplitter() {
	let place: "before" | "inside" | "answer" = "before"
	let held = ""

	/** What is certain of the text so far; what may still become a tag is held back. */
	function push(text: string): (ReasoningChunk | TextChunk)[] {
		held += text
		const chunks: (ReasoningChunk | TextChunk)[] = []
		for (;;) {
			if (place === "inside") {
				const end = held.indexOf(CLOSING)
				const certain = end >= 0 ? end : held.length - heldBack(held, CLOSING)
				if (certain > 0) chunks.push({ type: "reasoning", text: held.slice(0, certain) })
				held = held.slice(end >= 0 ? end + CLOSING.length : certain)
				if (end < 0) return chunks
				place = "before"
			} else if (place === "before") {
				const start = held.trimStart()
				if (start.startsWith(OPENING)) {
					held = start.slice(OPENING.length)
					place = "inside"
				} else if (OPENING.startsWith(start)) return chunks
				else place = "answer"
			} else {
				if (held !== "") chunks.push({ type: "text", text: held })
				held = ""
				return chunks
			}
		}
	}

	/** What was held back when the text is over. */
	function flush(): (ReasoningChunk | TextChunk)[] {
		const rest = held
		held = ""
		if (rest === "") return []
		return [{ type: place === "inside" ? "reasoning" : "text", text: rest }]
	}

	return { push, flush }
}

/** How many of the last letters may be the beginning of the tag. */
function heldBack(text: string, tag: string): number {
	let length = Math.min(tag.length - 1, text.length)
	while (length > 0 && !tag.startsWith(text.slice(-length))) length -= 1
	return length
}
