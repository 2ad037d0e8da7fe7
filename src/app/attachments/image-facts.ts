import type { ImageType } from "@bedrock-tiers/protocol"

export type ImageFacts = { readonly mediaType: ImageType; readonly width: number; readonly height: number }

/**
 * Media type and size in pixels, from the image's bytes. `undefined` when it is not one of the four types, or damaged.
 */
export function readImageFacts(bytes: Buffer): ImageFacts | undefined {
	try {
		const facts = readPng(bytes) ?? readGif(bytes) ?? readWebp(bytes) ?? readJpeg(bytes)
		return facts && facts.width > 0 && facts.height > 0 ? facts : undefined
	} catch (error) {
		// The data ends before the header is complete.
		if (error instanceof RangeError) return undefined
		throw error
	}
}

function readPng(bytes: Buffer): ImageFacts | undefined {
	if (bytes.toString("hex", 0, 8) !== "89504e470d0a1a0a") return undefined
	return { mediaType: "image/png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function readGif(bytes: Buffer): ImageFacts | undefined {
	if (!["GIF87a", "GIF89a"].includes(bytes.toString("latin1", 0, 6))) return undefined
	return { mediaType: "image/gif", width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

/** The lossy, lossless and extended formats each encode the size differently. */
function readWebp(bytes: Buffer): ImageFacts | undefined {
	if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WEBP") return undefined
	const mediaType = "image/webp"
	switch (bytes.toString("latin1", 12, 16)) {
		case "VP8 ":
			return { mediaType, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
		case "VP8L": {
			const sizes = bytes.readUInt32LE(21)
			return { mediaType, width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1 }
		}
		case "VP8X":
			return { mediaType, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
		default:
			return undefined
	}
}

/** Start-of-frame markers: C0 to CF, except the three that mark other segments (DHT, JPG, DAC). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function readJpeg(bytes: Buffer): ImageFacts | undefined {
	if (bytes.toString("hex", 0, 3) !== "ffd8ff") return undefined
	for (let at = 2; ;) {
		if (bytes.readUInt8(at) !== 0xff) return undefined
		const marker = bytes.readUInt8(at + 1)
		// Any number of FF fill bytes may precede a marker.
		if (marker === 0xff) at += 1
		else if (isFrame(marker))
			return { mediaType: "image/jpeg", width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
		else at += 2 + bytes.readUInt16BE(at + 2)
	}
}
