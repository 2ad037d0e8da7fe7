import { describe, expect, it } from "vitest"
import { base64Length, imageRefusal } from "./image-limits"

const images = (count: number, bytes = 3) => Array.from({ length: count }, () => ({ bytes }))

describe("imageRefusal", () => {
	it("returns `null` when there are no images, whatever the model", () => {
		expect([true, false, null].map((takesImages) => imageRefusal([], takesImages))).toEqual([null, null, null])
	})

	it("accepts images only for a model that is known to accept images", () => {
		expect([true, false, null].map((takesImages) => imageRefusal(images(1), takesImages))).toEqual([
			null,
			"not-taken",
			"not-known",
		])
	})

	it("accepts at most 20 images", () => {
		expect(imageRefusal(images(20), true)).toBeNull()
		expect(imageRefusal(images(21), true)).toBe("too-many")
	})

	it("accepts at most 25,000,000 bytes, counting the base64 images and the rest of the request", () => {
		expect(base64Length(4)).toBe(8)
		// 5 images of 3,750,000 bytes have 5,000,000 base64 characters each.
		expect(imageRefusal(images(5, 3_750_000), true)).toBeNull()
		expect(imageRefusal(images(5, 3_750_000), true, 1)).toBe("too-large-together")
	})
})
