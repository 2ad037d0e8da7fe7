import type { Exchange } from "./exchange"
import { delay, paceOf } from "./pace"
import type { AnswerParts, StreamPlan } from "./stream-plan"
import type { WireFormat } from "./wire-format"

/** Plans a stream at the pace of the served tier. */
export function planStream(format: WireFormat, parts: AnswerParts, modelId: string): StreamPlan {
	const chunks = format.chunks(parts, modelId)
	const pace = paceOf(parts.servedTier)
	const deltas = chunks.filter(({ delta }) => delta).length
	const deltaMs = (parts.usage.outputTokens * 1000) / pace.tokensPerSecond / Math.max(1, deltas)
	const encode = (json: object | null) => json && format.encode(json)
	return chunks.map(({ json, delta, report }, index) => ({
		kind: "frame",
		waitMs: index === 0 ? pace.firstTokenMs : delta ? deltaMs : 0,
		bytes: format.encode(json),
		...(delta && { delta }),
		...(report && {
			report: { withoutUsage: encode(report.withoutUsage), metricsOnly: encode(report.metricsOnly) },
		}),
	}))
}

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
