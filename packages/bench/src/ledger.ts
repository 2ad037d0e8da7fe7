import { priceRequest, promptTokens, UsageLedger, type UsageRecord } from "@bedrock-tiers/core"
import { performance } from "node:perf_hooks"
import { withSpread, type Section } from "./report"
import { collectGarbage } from "./rounds"
import { spreadOf } from "./statistics"

const SIZES = [100, 10_000, 100_000]
/** Appended and read in each round. */
const MORE = 1_000

/** One more request in a task that already has so many, with all totals that the chat's header shows read after it. */
export function ledger({ rounds }: { readonly rounds: number }): Section {
	const requests = Array.from({ length: Math.max(...SIZES) + MORE }, (_, index) => recorded(index))
	const measured = SIZES.map((size) => ({ size, spread: spreadOf(times(rounds, () => oneMore(requests, size))) }))
	const [smallest, , largest] = measured
	if (!smallest || !largest) throw new Error("Two sizes are needed to compare.")
	const growth = largest.spread.median / smallest.spread.median
	return {
		title: "Ledger and header",
		how: `${rounds} rounds, in each of which ${MORE.toLocaleString("en-US")} requests are added to a ledger of that size and every total of the header is read after each; median and quartiles.`,
		columns: ["requests before", "µs for one more"],
		rows: measured.map(({ size, spread }) => [size.toLocaleString("en-US"), withSpread(spread, 3)]),
		verdicts: [
			{
				// A thousand times as many requests: anything that grew with them would be far beyond twice.
				target: `flat: at 100,000 requests at most twice the time at 100: ${growth.toFixed(2)} times`,
				met: growth <= 2,
			},
		],
	}
}

function oneMore(requests: readonly UsageRecord[], size: number): number {
	const ledger = new UsageLedger()
	for (const request of requests.slice(0, size)) ledger.append(request)
	const more = requests.slice(size, size + MORE)
	collectGarbage()
	let read = 0
	const started = performance.now()
	for (const request of more) {
		ledger.append(request)
		read += headerOf(ledger, request)
	}
	const perRequest = ((performance.now() - started) * 1000) / MORE
	if (read === 0) throw new Error("Nothing was read.")
	return perRequest
}

/** All that the header of a chat takes from its ledger. */
function headerOf({ total, byTier, failed, failedByTier }: UsageLedger, { usage }: UsageRecord): number {
	const tiers = [...byTier].map(([tier, totals]) => ({ tier, totals }))
	const failures = [...failedByTier].map(([tier, totals]) => ({ tier, totals }))
	return total.knownUsd + tiers.length + failures.length + failed.refused + (usage ? promptTokens(usage) : 0)
}

const TIERS = ["default", "flex", "priority"] as const

function recorded(index: number): UsageRecord {
	const requestedTier = TIERS[index % 3] ?? "default"
	const usage = { inputTokens: 1_000 + (index % 500), outputTokens: 200, cacheReadTokens: 0, cacheWriteTokens: 0 }
	const asked = {
		modelId: "openai.gpt-oss-120b-1:0",
		baseModelId: "openai.gpt-oss-120b-1:0",
		region: "us-east-1",
		route: "in-region",
	} as const
	const priced = priceRequest({ ...asked, sentTier: requestedTier, servedTier: requestedTier, usage })
	return {
		...asked,
		...priced,
		id: String(index),
		at: "2026-01-01T00:00:00.000Z",
		requestedTier,
		servedTier: requestedTier,
		notSentReason: null,
		usage,
	}
}

function times(count: number, measure: () => number): number[] {
	measure()
	return Array.from({ length: count }, measure)
}
