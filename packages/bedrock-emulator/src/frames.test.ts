import { describe, expect, it } from "vitest"
import { eventFrame, exceptionFrame } from "./frames"
import { decodeFrames } from "./testing/decode-frames"

describe("a frame of the event stream", () => {
	it("has the event name in its headers, a JSON payload and two valid checksums", () => {
		const [frame] = decodeFrames(eventFrame("messageStop", { stopReason: "end_turn" }))

		expect(frame?.headers).toEqual({
			":event-type": "messageStop",
			":message-type": "event",
			":content-type": "application/json",
		})
		expect(frame?.payload).toMatchObject({ stopReason: "end_turn" })
	})

	it("is padded with a member p, like Bedrock's events", () => {
		const [frame] = decodeFrames(eventFrame("messageStart", { role: "assistant" }))

		expect(frame?.payload).toEqual({ role: "assistant", p: expect.stringMatching(/^[a-zA-Z0-9]+$/) })
	})

	it("can carry an exception, whose name is in the header :exception-type", () => {
		const [frame] = decodeFrames(exceptionFrame("throttlingException", "Slow down"))

		expect(frame).toEqual({
			headers: {
				":exception-type": "throttlingException",
				":message-type": "exception",
				":content-type": "application/json",
			},
			payload: { message: "Slow down" },
		})
	})

	it("preserves text outside ASCII", () => {
		const [frame] = decodeFrames(eventFrame("contentBlockDelta", { delta: { text: "größer 日本 🎈" } }))

		expect(frame?.payload).toMatchObject({ delta: { text: "größer 日本 🎈" } })
	})
})
