import { afterEach, describe, expect, it, vi } from "vitest"
import { runPlan } from "./run-plan"
import * as faults from "./stream-faults"
import { planStream, type AnswerParts, type StreamPlan } from "./stream-plan"
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

/** An exchange that only remembers. */
function listener() {
	const gone = new AbortController()
	const chunks: Uint8Array[] = []
	const endings: string[] = []
	const exchange = {
		signal: gone.signal,
		write: async (bytes: Uint8Array) => void chunks.push(bytes),
		end: () => void endings.push("end"),
		reset: () => void endings.push("reset"),
		drop: () => void endings.push("drop"),
	}
	return { exchange, endings, chunks, bytes: () => Buffer.concat(chunks), leave: () => gone.abort() }
}

async function played(plan: StreamPlan) {
	const heard = listener()
	await runPlan(plan, heard.exchange, "instant")
	return heard
}

const names = (bytes: Uint8Array) => decodeFrames(bytes).map(({ headers }) => headers[":event-type"])

const BEFORE = ["messageStart", "contentBlockDelta", "contentBlockDelta"]
const AFTER = ["contentBlockDelta", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata"]

afterEach(() => void vi.useRealTimers())

describe("a stream", () => {
	it("brings its events in Bedrock's order, without a contentBlockStart for text", async () => {
		const { bytes, endings } = await played(planStream(PARTS))

		expect(names(bytes())).toEqual([...BEFORE, ...AFTER])
		expect(endings).toEqual(["end"])
	})

	it("tells usage, latency and served tier in its last event", async () => {
		const { bytes } = await played(planStream(PARTS))

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

	it("has no serviceTier at all when none is to be reported", async () => {
		const { bytes } = await played(planStream({ ...PARTS, servedTier: null }))

		expect(decodeFrames(bytes()).at(-1)?.payload).not.toHaveProperty("serviceTier")
	})

	it.each([
		["priority", 150 + 583],
		["default", 400 + 1000],
		["flex", 1200 + 2000],
		["express", 400 + 1000],
	])("served as %s takes %i ms for 70 tokens", async (servedTier, expectedMs) => {
		vi.useFakeTimers()
		const { exchange, endings } = listener()
		const done = runPlan(planStream({ ...PARTS, servedTier }), exchange, "real")

		await vi.advanceTimersByTimeAsync(expectedMs - 10)
		expect(endings).toEqual([])
		await vi.advanceTimersByTimeAsync(20)
		expect(endings).toEqual(["end"])
		await done
	})

	it("stops at once when the client leaves, and puts its timers away", async () => {
		vi.useFakeTimers()
		const { exchange, endings, chunks, leave } = listener()
		const done = runPlan(planStream(PARTS), exchange, "real")
		await vi.advanceTimersByTimeAsync(700)
		const sent = chunks.length

		leave()
		await done

		expect(vi.getTimerCount()).toBe(0)
		expect(chunks).toHaveLength(sent)
		expect(endings).toEqual([])
	})
})

describe("a fault in a stream", () => {
	it.each([
		["endWithoutMessageStop", BEFORE, "end"],
		["dropConnection", BEFORE, "drop"],
		["resetStream", BEFORE, "reset"],
		["dropMetadata", [...BEFORE, ...AFTER.slice(0, -1)], "end"],
		["repeatMetadata", [...BEFORE, ...AFTER, "metadata"], "end"],
		["addUnknownEvent", [...BEFORE, "carbonFootprint", ...AFTER], "end"],
	] as const)("named %s leaves these events", async (fault, expected, ending) => {
		const { bytes, endings } = await played(faults[fault](planStream(PARTS)))

		expect(names(bytes())).toEqual(expected)
		expect(endings).toEqual([ending])
	})

	it("can cut a frame in two", async () => {
		const { bytes, endings } = await played(faults.cutInsideFrame(planStream(PARTS)))

		expect(() => decodeFrames(bytes())).toThrow("cut off")
		expect(endings).toEqual(["end"])
	})

	it("can break one checksum", async () => {
		const { bytes } = await played(faults.breakChecksum(planStream(PARTS)))

		expect(() => decodeFrames(bytes())).toThrow("message checksum")
	})

	it("can be an exception after the 200", async () => {
		const { bytes } = await played(faults.throttleMidStream(planStream(PARTS)))

		expect(decodeFrames(bytes()).at(-1)?.headers).toMatchObject({ ":exception-type": "throttlingException" })
	})

	it("can be silence, which ends by itself after 2 minutes", async () => {
		vi.useFakeTimers()
		const { exchange, endings } = listener()
		const done = runPlan(faults.stall(planStream(PARTS)), exchange, "instant")

		await vi.advanceTimersByTimeAsync(119_999)
		expect(endings).toEqual([])
		await vi.advanceTimersByTimeAsync(1)
		expect(endings).toEqual(["end"])
		await done
	})

	it("works on an answer of a single delta, too", async () => {
		const plan = planStream({ ...PARTS, textDeltas: ["ok"] })

		const { throttleFirst, ...midway } = faults
		for (const fault of Object.values(midway).filter((value) => typeof value === "function")) {
			expect(fault(plan).length).toBeGreaterThan(1)
		}
		expect(throttleFirst(plan)).toHaveLength(1)
	})
})
