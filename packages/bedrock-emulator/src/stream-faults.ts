import { chunkFrame, eventFrame, exceptionFrame } from "./frames"
import type { StreamPlan, StreamStep, UsageReport } from "./stream-plan"

/** Turns the plan of a valid stream into the plan of a faulty one. */
export type StreamFault = (plan: StreamPlan) => StreamPlan

/** A stalled stream ends by itself after this time, which exceeds the shortest timeout that the settings accept. */
const STALL_MS = 120_000

/** The steps up to the middle of the answer (at least one delta), and those after it. */
function splitAtMiddle(plan: StreamPlan): [StreamPlan, StreamPlan] {
	const deltaIndexes = plan.flatMap((step, index) => (step.kind === "frame" && step.delta ? [index] : []))
	const middle = (deltaIndexes[Math.floor((deltaIndexes.length - 1) / 2)] ?? 0) + 1
	return [plan.slice(0, middle), plan.slice(middle)]
}

function frameStep(bytes: Uint8Array): StreamStep {
	return { kind: "frame", waitMs: 0, bytes }
}

/** Sends the first half of the answer, then these steps, then nothing. */
function breakOffWith(...steps: StreamStep[]): StreamFault {
	return (plan) => [...splitAtMiddle(plan)[0], ...steps]
}

/** Changes the bytes of the first frame after the middle. The rest is sent only when `then` is "go-on". */
function damage(change: (bytes: Uint8Array) => Uint8Array, then: "go-on" | "end"): StreamFault {
	return (plan) => {
		const [before, [next, ...rest]] = splitAtMiddle(plan)
		if (next?.kind !== "frame") return before
		return [...before, { ...next, bytes: change(next.bytes) }, ...(then === "go-on" ? rest : [])]
	}
}

export const endWithoutMessageStop: StreamFault = breakOffWith()

export const cutInsideFrame: StreamFault = damage((bytes) => bytes.slice(0, Math.floor(bytes.length / 2)), "end")

export const dropConnection: StreamFault = breakOffWith({ kind: "drop" })

export const resetStream: StreamFault = breakOffWith({ kind: "reset" })

export const stall: StreamFault = breakOffWith({ kind: "silence", ms: STALL_MS })

export const breakChecksum: StreamFault = damage((bytes) => {
	const last = bytes.length - 1
	return bytes.map((byte, index) => (index === last ? byte ^ 0xff : byte))
}, "go-on")

const throttling = frameStep(exceptionFrame("throttlingException", "Too many tokens, please wait before trying again."))

export const throttleMidStream: StreamFault = breakOffWith(throttling)

export const throttleFirst: StreamFault = () => [throttling]

function insertAtMiddle(bytes: Uint8Array): StreamFault {
	return (plan) => {
		const [before, after] = splitAtMiddle(plan)
		return [...before, frameStep(bytes), ...after]
	}
}

export const addUnknownEvent: StreamFault = insertAtMiddle(eventFrame("carbonFootprint", { grams: 0 }))

/** Adds an event that ConverseStream does not define, with content that no InvokeModel format defines. */
export const addUnknownChunk: StreamFault = insertAtMiddle(chunkFrame({ type: "carbon_footprint", grams: 0 }))

function reportOnly(part: keyof UsageReport<Uint8Array>): StreamFault {
	return (plan) =>
		plan.flatMap((step) => {
			if (step.kind !== "frame" || !step.report) return [step]
			const bytes = step.report[part]
			return bytes === null ? [] : [{ ...step, bytes }]
		})
}

export const dropMetadata: StreamFault = reportOnly("withoutUsage")

export const dropModelUsage: StreamFault = reportOnly("metricsOnly")

export const repeatMetadata: StreamFault = (plan) => [
	...plan,
	...plan.filter((step) => step.kind === "frame" && step.report !== undefined),
]
