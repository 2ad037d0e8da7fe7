import type { FileHandle } from "node:fs/promises"
import { TextDecoder } from "node:util"
import type { Deadline } from "./deadline"
import { hasSecret, SECRET_TEXT_CHARACTERS } from "./secret-text"
import { truncate } from "./shown-text"

/** The start of a line of a file, and the number of characters of the whole line. */
export type Line = { readonly text: string; readonly length: number }

/** A file cannot be shown as text. The message completes a sentence that begins with the file's name. */
export class NotTextError extends Error {}
/** A file has a private key or an AWS key in it. */
export class SecretTextError extends NotTextError {}

const BINARY = "is a binary file, so it is not shown."
const NOT_UTF_8 = "is not UTF-8 text, so it is not shown."
const SECRET = "may hold secrets, so it is not read."
const CHUNK_BYTES = 128 * 1024

/**
 * Yields the lines of a text file, chunk by chunk. The encoding is UTF-8, or UTF-16 when the file begins with a byte
 * order mark. Ends early when the deadline has passed.
 * @param maxCharacters length of each line's `text`; further characters are only counted
 * @throws NotTextError as soon as it is detected, which may be after the first lines: a caller that returns lines reads
 *   to the end first
 */
export async function* readLines(
	file: FileHandle,
	deadline: Deadline,
	maxCharacters: number,
): AsyncGenerator<Line[], void, void> {
	const { size } = await file.stat()
	const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(size, 4_096)))
	const splitter = new LineSplitter(maxCharacters)
	let decoder: TextDecoder | undefined
	let read = 0
	let before = ""
	// Files that report size 0, such as those in /proc, are read to their end; other files up to their initial size.
	while (!deadline.hasPassed()) {
		const { bytesRead } =
			size > 0 && read >= size ? { bytesRead: 0 } : await file.read(buffer, 0, buffer.length, null)
		const bytes = buffer.subarray(0, bytesRead)
		decoder ??= decoderFor(bytes)
		read += bytesRead
		const text = decode(decoder, bytes, bytesRead > 0)
		// A key may begin in the chunk before.
		if (hasSecret(before + text)) throw new SecretTextError(SECRET)
		before = (before + text).slice(-SECRET_TEXT_CHARACTERS)
		const lines = splitter.push(text)
		if (bytesRead === 0) {
			yield [...lines, ...splitter.flush()]
			return
		}
		if (lines.length > 0) yield lines
	}
}

function decoderFor(start: Buffer): TextDecoder {
	const [first, second] = start
	const encoding =
		first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8"
	return new TextDecoder(encoding, { fatal: true })
}

function decode(decoder: TextDecoder, bytes: Buffer, stream: boolean): string {
	// A zero byte means binary content. It is checked first, so that BINARY is reported rather than NOT_UTF_8.
	if (decoder.encoding === "utf-8" && bytes.includes(0)) throw new NotTextError(BINARY)
	let text: string
	try {
		text = decoder.decode(bytes, { stream })
	} catch {
		throw new NotTextError(NOT_UTF_8)
	}
	if (text.includes("\0")) throw new NotTextError(BINARY)
	return text
}

/** Splits text that arrives in chunks into lines, and stores only the start of each line. */
class LineSplitter {
	readonly #maxCharacters: number
	#start = ""
	#length = 0
	#endsWithReturn = false

	constructor(maxCharacters: number) {
		this.#maxCharacters = maxCharacters
	}

	push(text: string): Line[] {
		const pieces = text.split("\n")
		const last = pieces.pop() as string
		const lines = pieces.map((piece) => {
			this.#append(piece)
			return this.#finish()
		})
		this.#append(last)
		return lines
	}

	/** Returns the last line when the text does not end with a line break. */
	flush(): Line[] {
		return this.#length > 0 ? [this.#finish()] : []
	}

	#append(piece: string): void {
		if (piece === "") return
		// Stores one extra character, so that a trailing carriage return can be removed.
		if (this.#start.length <= this.#maxCharacters)
			this.#start += piece.slice(0, this.#maxCharacters + 1 - this.#start.length)
		this.#length += piece.length
		this.#endsWithReturn = piece.endsWith("\r")
	}

	#finish(): Line {
		const length = this.#length - (this.#endsWithReturn ? 1 : 0)
		const line = { text: truncate(this.#start.slice(0, length), this.#maxCharacters), length }
		this.#start = ""
		this.#length = 0
		this.#endsWithReturn = false
		return line
	}
}
