import { afterEach, describe, expect, it, vi } from "vitest"
import { converse } from "./converse"
import { planStream as planFormat, runPlan } from "./run-plan"
import * as faults from "./stream-faults"
import type { AnswerParts, StreamPlan } from "./stream-plan"
import { decodeFrames } from "./testing/decode-frames"
import { completeUsage } from "./usage"

const PARTS: AnswerParts = {
	reasoning: null,
	textDeltas: ["one ", "two ", "three ", "four"],
	toolUse: null,
	stopReason: "end_turn",
	usage: completeUsage({ inputTokens: 10, outputTokens: 70 }),
	servedTier: "default",
}

const planStream = (parts: AnswerParts) => planFormat(converse, parts, "amazon.nova-pro-v1:0")

/** An exchange that only records what is written to it. */
function createRecording() {
	const controller = new AbortController()
	const chunks: Uint8Array[] = []
	const endings: string[] = []
	const exchange = {
		signal: controller.signal,
		write: async (bytes: Uint8Array) => void chunks.push(bytes),
		end: () => void endings.push("end"),
		reset: () => void endings.push("reset"),
		drop: () => void endings.push("drop"),
	}
	return { exchange, endings, chunks, bytes: () => Buffer.concat(chunks), disconnect: () => controller.abort() }
}

async function runInstantly(plan: StreamPlan) {
	const recording = createRecording()
	await runPlan(plan, recording.exchange, "instant")
	return recording
}

const names = (bytes: Uint8Array) => decodeFrames(bytes).map(({ headers }) => headers[":event-type"])

const BEFORE = ["messageStart", "contentBlockDelta", "contentBlockDelta"]
const AFTER = ["contentBlockDelta", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata"]

afterEach(() => void vi.useRealTimers())

describe("a stream plan", () => {
	it("sends its events in Bedrock's order, without a contentBlockStart for text", async () => {
		const { bytes, endings } = await runInstantly(planStream(PARTS))

		expect(names(bytes())).toEqual([...BEFORE, ...AFTER])
		expect(endings).toEqual(["end"])
	})

	it("reports usage, latency and served tier in its last event", async () => {
		const { bytes } = await runInstantly(planStream(PARTS))

		// 400 ms to the first token, and 70 tokens at 70 a second.
		expect(decodeFrames(bytes()).at(-1)?.payload).toMatchObject({
			usage: {
				inputTokens: 10,
				outputTokens: 70,
				totalTokens: 80,
				cacheReadInputTokens: 0,
				cacheWriteInputTokens: 0,
			},
			metrics: { latencyMs: 1400 },
			serviceTier: { type: "default" },
		})
	})

	it("omits serviceTier when the served tier is null", async () => {
		const { bytes } = await runInstantly(planStream({ ...PARTS, servedTier: null }))

		expect(decodeFrames(bytes()).at(-1)?.payload).not.toHaveProperty("serviceTier")
	})

	it.each([
		["priority", 150 + 583],
		["default", 400 + 1000],
		["flex", 1200 + 2000],
		["express", 400 + 1000],
	])("with the served tier %s takes %i ms for 70 tokens", async (servedTier, expectedMs) => {
		vi.useFakeTimers()
		const { exchange, endings } = createRecording()
		const done = runPlan(planStream({ ...PARTS, servedTier }), exchange, "real")

		await vi.advanceTimersByTimeAsync(expectedMs - 10)
		expect(endings).toEqual([])
		await vi.advanceTimersByTimeAsync(20)
		expect(endings).toEqual(["end"])
		await done
	})

	it("stops at once and clears its timers when the client disconnects", async () => {
		vi.useFakeTimers()
		const { exchange, endings, chunks, disconnect } = createRecording()
		const done = runPlan(planStream(PARTS), exchange, "real")
		await vi.advanceTimersByTimeAsync(700)
		const sent = chunks.length

		disconnect()
		await done

		expect(vi.getTimerCount()).toBe(0)
		expect(chunks).toHaveLength(sent)
		expect(endings).toEqual([])
	})
})

describe("a stream fault", () => {
	it.each([
		["endWithoutMessageStop", BEFORE, "end"],
		["dropConnection", BEFORE, "drop"],
		["resetStream", BEFORE, "reset"],
		["dropMetadata", [...BEFORE, ...AFTER.slice(0, -1)], "end"],
		["repeatMetadata", [...BEFORE, ...AFTER, "metadata"], "end"],
		["addUnknownEvent", [...BEFORE, "carbonFootprint", ...AFTER], "end"],
	] as const)("named %s produces the expected events and ending", async (fault, expected, ending) => {
		const { bytes, endings } = await runInstantly(faults[fault](planStream(PARTS)))

		expect(names(bytes())).toEqual(expected)
		expect(endings).toEqual([ending])
	})

	it("named cutInsideFrame ends the stream inside a frame", async () => {
		const { bytes, endings } = await runInstantly(faults.cutInsideFrame(planStream(PARTS)))

		expect(() => decodeFrames(bytes())).toThrow("cut off")
		expect(endings).toEqual(["end"])
	})

	it("named breakChecksum makes one message checksum invalid", async () => {
		const { bytes } = await runInstantly(faults.breakChecksum(planStream(PARTS)))

		expect(() => decodeFrames(bytes())).toThrow("message checksum")
	})

	it("named throttleMidStream ends the stream with an exception frame", async () => {
		const { bytes } = await runInstantly(faults.throttleMidStream(planStream(PARTS)))

		expect(decodeFrames(bytes()).at(-1)?.headers).toMatchObject({ ":exception-type": "throttlingException" })
	})

	it("named stall sends nothing more and ends the stream after 2 minutes", async () => {
		vi.useFakeTimers()
		const { exchange, endings } = createRecording()
		const done = runPlan(faults.stall(planStream(PARTS)), exchange, "instant")

		await vi.advanceTimersByTimeAsync(119_999)
		expect(endings).toEqual([])
		await vi.advanceTimersByTimeAsync(1)
		expect(endings).toEqual(["end"])
		await done
	})

	it("also works on an answer with a single delta", async () => {
		const plan = planStream({ ...PARTS, textDeltas: ["ok"] })

		const { throttleFirst, ...midway } = faults
		for (const fault of Object.values(midway).filter((value) => typeof value === "function")) {
			expect(fault(plan).length).toBeGreaterThan(1)
		}
		expect(throttleFirst(plan)).toHaveLength(1)
	})
})
