import type { ReasoningChunk, TextChunk } from "../../../provider-contract"

const OPENING = "<reasoning>"
const CLOSING = "</reasoning>"

/**
 * Separates the reasoning from the text before the answer: through InvokeModel, OpenAI's models put it between tags, as
 * one pair or as one pair around each piece. Tags in the answer itself belong to the answer.
 * Source: AWS user guide, OpenAI models, response body.
 */
export function reasoningTagSplitter() {
	let state: "before" | "inside" | "answer" = "before"
	let buffer = ""

	/** Returns the chunks that are certain so far; text that may still become a tag is held back. */
	function push(text: string): (ReasoningChunk | TextChunk)[] {
		buffer += text
		const chunks: (ReasoningChunk | TextChunk)[] = []
		for (;;) {
			if (state === "inside") {
				const end = buffer.indexOf(CLOSING)
				const certain = end >= 0 ? end : buffer.length - heldBackLength(buffer, CLOSING)
				if (certain > 0) chunks.push({ type: "reasoning", text: buffer.slice(0, certain) })
				buffer = buffer.slice(end >= 0 ? end + CLOSING.length : certain)
				if (end < 0) return chunks
				state = "before"
			} else if (state === "before") {
				const start = buffer.trimStart()
				if (start.startsWith(OPENING)) {
					buffer = start.slice(OPENING.length)
					state = "inside"
				} else if (OPENING.startsWith(start)) return chunks
				else state = "answer"
			} else {
				if (buffer !== "") chunks.push({ type: "text", text: buffer })
				buffer = ""
				return chunks
			}
		}
	}

	/** Returns the text that was held back; called when the text has ended. */
	function flush(): (ReasoningChunk | TextChunk)[] {
		const rest = buffer
		buffer = ""
		if (rest === "") return []
		return [{ type: state === "inside" ? "reasoning" : "text", text: rest }]
	}

	return { push, flush }
}

/** Returns how many of the last characters may be the beginning of the tag. */
function heldBackLength(text: string, tag: string): number {
	let length = Math.min(tag.length - 1, text.length)
	while (length > 0 && !tag.startsWith(text.slice(-length))) length -= 1
	return length
}
