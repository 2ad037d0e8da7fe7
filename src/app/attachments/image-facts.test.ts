import { describe, expect, it } from "vitest"
import { readImageFacts } from "./image-facts"

const bytes = (hex: string) => Buffer.from(hex.replace(/\s/g, ""), "hex")

/** The first bytes of images of 3 by 2 pixels, written by hand from the format specifications. */
const PNG = bytes("89504e470d0a1a0a 0000000d 49484452 00000003 00000002 08020000")
const GIF = bytes("474946383961 0300 0200 f70000")
const WEBP_LOSSY = bytes("52494646 24000000 57454250 56503820 18000000 300100 9d012a 0300 0200")
const WEBP_LOSSLESS = bytes("52494646 24000000 57454250 5650384c 18000000 2f 02400000")
const WEBP_EXTENDED = bytes("52494646 24000000 57454250 56503858 0a000000 10000000 020000 010000")
const JPEG = bytes("ffd8 ffe0 0004 0000 ff ffc4 0003 00 ffc2 0011 08 0002 0003 03")

describe("readImageFacts", () => {
	it.each([
		["PNG", PNG, "image/png"],
		["GIF", GIF, "image/gif"],
		["lossy WebP", WEBP_LOSSY, "image/webp"],
		["lossless WebP", WEBP_LOSSLESS, "image/webp"],
		["extended WebP", WEBP_EXTENDED, "image/webp"],
		["JPEG with segments and fill bytes before its start-of-frame marker", JPEG, "image/jpeg"],
	] as const)("returns the media type and the size in pixels of an image: %s", (_name, image, mediaType) => {
		expect(readImageFacts(image)).toEqual({ mediaType, width: 3, height: 2 })
	})

	it("returns undefined when the header is truncated at any byte", () => {
		for (const [image, needed] of [
			[PNG, 24],
			[GIF, 10],
			[WEBP_LOSSY, 30],
			[WEBP_EXTENDED, 30],
			[JPEG, 21],
		] as const)
			for (let length = 0; length < needed; length++)
				expect(readImageFacts(image.subarray(0, length)), `${length}`).toBeUndefined()
	})

	it.each([
		["SVG", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
		["an empty file", Buffer.alloc(0)],
		["a JPEG with invalid markers", bytes("ffd8ff 00 00 00 00 00 00 00 00")],
		["a JPEG whose segment ends after the data", bytes("ffd8 ffe0 ffff 00")],
		["a RIFF file that is not WebP", bytes("52494646 24000000 57415645 666d7420")],
		["a PNG with a width of 0", bytes("89504e470d0a1a0a 0000000d 49484452 00000000 00000002 08020000")],
	])("returns undefined for anything else: %s", (_name, image) => {
		expect(readImageFacts(image)).toBeUndefined()
	})
})
