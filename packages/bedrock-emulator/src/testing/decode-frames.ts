import { crc32 } from "node:zlib"

export type DecodedFrame = { headers: Record<string, string>; payload: unknown }

/**
 * Decodes an event stream by the specification alone: without the codec that the emulator encodes with, and with zlib's
 * checksum instead of the codec's.
 *
 * @throws Error for a wrong checksum or a truncated frame
 */
export function decodeFrames(bytes: Uint8Array): DecodedFrame[] {
	const frames: DecodedFrame[] = []
	let rest = Buffer.from(bytes)
	while (rest.length > 0) {
		const length = rest.length >= 16 ? rest.readUInt32BE(0) : Infinity
		if (length > rest.length) throw new Error("cut off")
		frames.push(decodeFrame(rest.subarray(0, length)))
		rest = rest.subarray(length)
	}
	return frames
}

function decodeFrame(frame: Buffer): DecodedFrame {
	const headersEnd = 12 + frame.readUInt32BE(4)
	const end = frame.length - 4
	if (crc32(frame.subarray(0, 8)) !== frame.readUInt32BE(8)) throw new Error("prelude checksum")
	if (crc32(frame.subarray(0, end)) !== frame.readUInt32BE(end)) throw new Error("message checksum")

	const headers: Record<string, string> = {}
	let offset = 12
	while (offset < headersEnd) {
		const nameEnd = offset + 1 + frame.readUInt8(offset)
		const valueStart = nameEnd + 3
		// 7 is the type "string"; Bedrock uses no other.
		if (frame.readUInt8(nameEnd) !== 7) throw new Error("header type")
		const valueEnd = valueStart + frame.readUInt16BE(nameEnd + 1)
		headers[frame.toString("utf8", offset + 1, nameEnd)] = frame.toString("utf8", valueStart, valueEnd)
		offset = valueEnd
	}
	return { headers, payload: JSON.parse(frame.toString("utf8", headersEnd, end)) }
}
