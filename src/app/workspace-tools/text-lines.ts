import type { FileHandle } from "node:fs/promises"
import { TextDecoder } from "node:util"
import type { Clock } from "./clock"
import { startOf } from "./shown-text"

/** A line of a file: its start, and how many characters it has in all. */
export type Line = { readonly text: string; readonly length: number }

/** Why a file's content is not shown. */
export const NOT_TEXT = ["binary", "not-utf-8"] as const
export type NotText = (typeof NOT_TEXT)[number]
export class NotTextError extends Error {
	constructor(readonly why: NotText) {
		super(why)
	}
}

const CHUNK_BYTES = 128 * 1024

/**
 * The lines of a text file as it is read, a chunk at a time: UTF-8, or UTF-16 where it begins with a byte order mark. Ends
 * early when the time is up. Throws `NotTextError` as soon as that is known, which may be after the first lines.
 * @param keptCharacters of one line; the rest is only counted
 */
export async function* readLines(
	file: FileHandle,
	clock: Clock,
	keptCharacters: number,
): AsyncGenerator<Line[], void, void> {
	const { size } = await file.stat()
	const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(size, 4_096)))
	const splitter = new LineSplitter(keptCharacters)
	let decoder: TextDecoder | undefined
	let read = 0
	// What has no size, as the files of /proc, is read to its end; what grows is read as far as it was there.
	while (!clock.isOver()) {
		const { bytesRead } =
			size > 0 && read >= size ? { bytesRead: 0 } : await file.read(buffer, 0, buffer.length, null)
		const bytes = buffer.subarray(0, bytesRead)
		decoder ??= decoderFor(bytes)
		read += bytesRead
		const lines = splitter.take(decode(decoder, bytes, bytesRead > 0))
		if (bytesRead === 0) {
			yield [...lines, ...splitter.end()]
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
	// A zero is no text in any encoding read here, and says so before the first byte that cannot be decoded does.
	if (decoder.encoding === "utf-8" && bytes.includes(0)) throw new NotTextError("binary")
	let text: string
	try {
		text = decoder.decode(bytes, { stream })
	} catch {
		throw new NotTextError("not-utf-8")
	}
	if (text.includes("\0")) throw new NotTextError("binary")
	return text
}

/** Cuts text that comes in pieces into lines, and keeps of each no more than its start. */
class LineSplitter {
	readonly #kept: number
	#start = ""
	#length = 0
	#endsWithReturn = false

	constructor(keptCharacters: number) {
		this.#kept = keptCharacters
	}

	take(text: string): Line[] {
		const pieces = text.split("\n")
		const last = pieces.pop() as string
		const lines = pieces.map((piece) => {
			this.#grow(piece)
			return this.#finish()
		})
		this.#grow(last)
		return lines
	}

	/** The last line, where the text does not end with a line's end. */
	end(): Line[] {
		return this.#length > 0 ? [this.#finish()] : []
	}

	#grow(piece: string): void {
		if (piece === "") return
		// One character more than is kept, so that a carriage return at the very end can be taken off.
		if (this.#start.length <= this.#kept) this.#start += piece.slice(0, this.#kept + 1 - this.#start.length)
		this.#length += piece.length
		this.#endsWithReturn = piece.endsWith("\r")
	}

	#finish(): Line {
		const length = this.#length - (this.#endsWithReturn ? 1 : 0)
		const line = { text: startOf(this.#start.slice(0, length), this.#kept), length }
		this.#start = ""
		this.#length = 0
		this.#endsWithReturn = false
		return line
	}
}
