import { describe, expect, it } from "vitest"
import { ResponseLimit } from "./response-limit"

const MB = 1024 * 1024

/** The frames of an event stream, all in one buffer, with nothing but their lengths. */
function frames(...lengths: readonly number[]): Buffer {
	return Buffer.concat(
		lengths.map((length) => {
			const frame = Buffer.alloc(length)
			frame.writeUInt32BE(length)
			return frame
		}),
	)
}

/** Bytes that passed, and the error that ended them; `null` when all passed. */
function pass(isStream: boolean, chunks: Iterable<Buffer>): Promise<{ passed: number; error: string | null }> {
	const limit = new ResponseLimit(isStream)
	let passed = 0
	limit.on("data", (chunk: Buffer) => (passed += chunk.length))
	return new Promise((resolve) => {
		limit.on("error", ({ message }) => resolve({ passed, error: message }))
		limit.on("end", () => resolve({ passed, error: null }))
		for (const chunk of chunks) limit.write(chunk)
		limit.end()
	})
}

const repeated = (chunk: Buffer, count: number) => Array.from({ length: count }, () => chunk)

describe("ResponseLimit", () => {
	it("passes frames in chunks of any length, and ends them before the first that announces too much", async () => {
		const large = frames(24 * MB)
		expect(await pass(true, [large, frames(16, 100, 16)])).toEqual({ passed: 24 * MB + 132, error: null })
		const announced = Buffer.concat([frames(16, 100), Buffer.from([0x01, 0x90, 0, 0])])
		for (const length of [1, 3, 7, 120]) {
			const chunks = Array.from({ length: Math.ceil(announced.length / length) }, (_, at) =>
				announced.subarray(at * length, (at + 1) * length),
			)
			const { passed, error } = await pass(true, chunks)
			expect(error).toBe("It is not an event stream, or an event is larger than 24 MB.")
			expect(passed).toBeLessThan(announced.length)
		}
	})

	it("ends a stream of small frames after 256 MB", async () => {
		const { passed, error } = await pass(true, repeated(frames(8 * MB), 33))
		expect([passed, error]).toEqual([256 * MB, "The response is larger than 256 MB."])
	})

	it("ends a response without frames after 32 MB", async () => {
		const chunk = Buffer.alloc(8 * MB, "x")
		expect(await pass(false, repeated(chunk, 4))).toEqual({ passed: 32 * MB, error: null })
		expect((await pass(false, repeated(chunk, 5))).error).toBe("The response is larger than 32 MB.")
	})
})
