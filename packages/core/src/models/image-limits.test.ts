import { describe, expect, it } from "vitest"
import { base64Length, imageRefusal } from "./image-limits"

const images = (count: number, bytes = 3) => Array.from({ length: count }, () => ({ bytes }))

describe("Images in a message", () => {
	it("are none to speak of where there are none, whatever the model", () => {
		expect([true, false, null].map((takes) => imageRefusal([], takes))).toEqual([null, null, null])
	})

	it("go to a model of which the catalog says that it takes them, and to no other", () => {
		expect([true, false, null].map((takes) => imageRefusal(images(1), takes))).toEqual([
			null,
			"not-taken",
			"not-known",
		])
	})

	it("are 20 at most", () => {
		expect(imageRefusal(images(20), true)).toBeNull()
		expect(imageRefusal(images(21), true)).toBe("too-many")
	})

	it("have 25,000,000 characters of base64 at most, with what is sent beside them", () => {
		expect(base64Length(4)).toBe(8)
		// 5 images of 3,750,000 bytes are 5,000,000 characters each.
		expect(imageRefusal(images(5, 3_750_000), true)).toBeNull()
		expect(imageRefusal(images(5, 3_750_000), true, 1)).toBe("too-large-together")
	})
})
