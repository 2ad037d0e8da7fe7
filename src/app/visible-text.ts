import { stripVTControlCharacters } from "node:util"

/**
 * Text from outside (models, AWS, servers, files) on its way to a terminal, a log or a notification. Such text may
 * contain escape sequences (clipboard, window title, links, colors) and bidirectional controls, which change the order
 * in which a line is displayed.
 */

/** C0 except line feed and tab, DEL, C1, and bidirectional controls. */
const CONTROLS = /[^\P{Cc}\n\t]|\p{Bidi_Control}/gu

/**
 * Removes escape sequences and shows every other control character as its code point, `<U+001B>`. Line feeds and tabs
 * are kept; CR LF becomes LF.
 */
export function visibleText(text: string): string {
	return stripVTControlCharacters(text.replaceAll("\r\n", "\n")).replace(CONTROLS, codePoint)
}

/** Like `visibleText`, for a value within a line: white space other than spaces is shown as code points too. */
export function visibleLine(text: string): string {
	return visibleText(text).replace(/[\n\t\u2028\u2029]/g, codePoint)
}

/** JSON text in which the characters that `visibleText` changes are escaped. It parses to the same value. */
export function visibleJson(value: unknown, indent?: string): string {
	return JSON.stringify(value, null, indent).replace(CONTROLS, (character) => `\\u${hexCode(character)}`)
}

/** The start of an escape sequence, or of CR LF, at the end of a text whose continuation may complete it. */
// eslint-disable-next-line no-control-regex
const INCOMPLETE = /[\u001B\u009B][[\]()#;?\-\w/&.:=%@~]*\u001B?$|\r$/

/** Maximum number of characters that are held back. A longer sequence is shown as text. */
const MAX_HELD = 2_000

/** `visibleText` for text that arrives in pieces: a sequence that is cut between two pieces is recognized. */
export class VisibleTextStream {
	#held = ""

	/** @returns the visible text of this piece and of what was held back, without an incomplete sequence at the end */
	push(piece: string): string {
		const text = this.#held + piece
		const start = text.search(INCOMPLETE)
		const end = start === -1 || text.length - start > MAX_HELD ? text.length : start
		this.#held = text.slice(end)
		return visibleText(text.slice(0, end))
	}

	/** @returns the visible text of what was held back; may be empty */
	end(): string {
		const text = this.#held
		this.#held = ""
		return visibleText(text)
	}
}

function codePoint(character: string): string {
	return `<U+${hexCode(character).toUpperCase()}>`
}

/** All characters concerned have a code point below U+10000. */
function hexCode(character: string): string {
	return character.charCodeAt(0).toString(16).padStart(4, "0")
}
