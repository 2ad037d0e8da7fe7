import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { foldStream, type EventReading } from "./fold-stream"
import { planWithoutLookup } from "../request-plan"
import { SentSecrets } from "../connection/sent-secrets"
import { Stopwatch } from "../connection/stopwatch"

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }))
afterEach(() => void vi.useRealTimers())

it("foldStream takes the time of the first token from the first event with content, not an empty one", async () => {
	const plan = planWithoutLookup({
		region: "us-east-1",
		endpoint: null,
		modelId: "openai.gpt-oss-120b-1:0",
		route: "in-region",
		api: "invoke-model",
		serviceTier: "flex",
		credentials: { method: "default-chain" },
		http: "http2",
		applicationId: "test",
	})
	const readings: readonly EventReading[] = [
		{ chunks: [] },
		{ chunks: [{ type: "text", text: "Blue." }] },
		{ stopReason: "stop" },
	]
	async function* events() {
		for (const reading of readings) {
			vi.advanceTimersByTime(200)
			yield reading
		}
	}
	const watch = new Stopwatch()
	const open = async () => {
		watch.recordSent()
		return { plan, watch, secrets: new SentSecrets(), events: events(), read: (event: EventReading) => event }
	}
	let last: unknown
	for await (const chunk of foldStream(open, "flex", 60_000)) last = chunk
	expect(last).toMatchObject({ type: "usage", record: { timing: { firstTokenMs: 400, totalMs: 600 } } })
})
