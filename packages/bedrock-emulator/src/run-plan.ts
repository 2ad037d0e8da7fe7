import type { Exchange } from "./exchange"
import { delay } from "./pace"
import type { StreamPlan } from "./stream-plan"

/** Runs a plan step by step, and stops at once when the client disconnects. */
export async function runPlan(
	plan: StreamPlan,
	exchange: Pick<Exchange, "signal" | "write" | "end" | "reset" | "drop">,
	pace: "real" | "instant",
): Promise<void> {
	for (const step of plan) {
		if (step.kind === "reset") return exchange.reset()
		if (step.kind === "drop") return exchange.drop()
		if (step.kind === "silence") await delay(step.ms, exchange.signal)
		else if (pace === "real") await delay(step.waitMs, exchange.signal)
		if (exchange.signal.aborted) return
		if (step.kind === "frame") await exchange.write(step.bytes)
	}
	exchange.end()
}
