import { chunkFrame, eventFrame, exceptionFrame } from "./frames"
import type { StreamPlan, StreamStep, UsageReport } from "./stream-plan"

/** Turns the plan of a good stream into the plan of a bad one. */
export type StreamFault = (plan: StreamPlan) => StreamPlan

/** A stream that falls silent ends by itself after this time: later than the shortest patience that the settings take. */
export const STALL_MS = 120_000

/** The steps up to the middle of the answer (at least one delta), and those after it. */
function halves(plan: StreamPlan): [StreamPlan, StreamPlan] {
	const places = plan.flatMap((step, index) => (step.kind === "frame" && step.delta ? [index] : []))
	const middle = (places[Math.floor((places.length - 1) / 2)] ?? 0) + 1
	return [plan.slice(0, middle), plan.slice(middle)]
}

function now(event: string, bytes: Uint8Array): StreamStep {
	return { kind: "frame", event, waitMs: 0, bytes }
}

/** Sends the first half of the answer, then these steps, then nothing. */
function breakOffWith(...steps: StreamStep[]): StreamFault {
	return (plan) => [...halves(plan)[0], ...steps]
}

/** Changes the bytes of the first frame after the middle, and sends what follows if `then` says so. */
function damage(change: (bytes: Uint8Array) => Uint8Array, then: "go-on" | "end"): StreamFault {
	return (plan) => {
		const [before, [next, ...rest]] = halves(plan)
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

const throttling = now(
	"throttlingException",
	exceptionFrame("throttlingException", "Too many tokens, please wait before trying again."),
)

export const throttleMidStream: StreamFault = breakOffWith(throttling)

export const throttleFirst: StreamFault = () => [throttling]

export const addUnknownEvent: StreamFault = (plan) => {
	const [before, after] = halves(plan)
	const name = "carbonFootprint"
	return [...before, now(name, eventFrame(name, { grams: 0 })), ...after]
}

/** As an event of ConverseStream it is as unknown as its content is as a chunk of InvokeModelWithResponseStream. */
export const addUnknownChunk: StreamFault = (plan) => {
	const [before, after] = halves(plan)
	return [...before, now("chunk", chunkFrame({ type: "carbon_footprint", grams: 0 })), ...after]
}

function reportOnly(part: keyof UsageReport): StreamFault {
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
