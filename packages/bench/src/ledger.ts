import { priceRequest, promptTokens, UsageLedger, type UsageRecord } from "@bedrock-tiers/core"
import { performance } from "node:perf_hooks"
import { formatSpread, type Section } from "./report"
import { collectGarbage } from "./rounds"
import { spreadOf } from "./statistics"

const SIZES = [100, 10_000, 100_000]
/** Number of requests that are appended in each round, with all totals read after each. */
const APPENDED_REQUESTS = 1_000

/** Measures appending one request to a ledger of each size and then reading all totals that the chat's header shows. */
export function measureLedger({ rounds }: { readonly rounds: number }): Section {
	const requests = Array.from({ length: Math.max(...SIZES) + APPENDED_REQUESTS }, (_, index) => sampleRecord(index))
	const measured = SIZES.map((size) => ({
		size,
		spread: spreadOf(repeat(rounds, () => measureAppend(requests, size))),
	}))
	const [smallest, , largest] = measured
	if (!smallest || !largest) throw new Error("Two sizes are needed to compare.")
	const growth = largest.spread.median / smallest.spread.median
	return {
		title: "Ledger and header",
		how: `${rounds} rounds, in each of which ${APPENDED_REQUESTS.toLocaleString("en-US")} requests are added to a ledger of that size and every total of the header is read after each; median and quartiles.`,
		columns: ["requests before", "µs for one more"],
		rows: measured.map(({ size, spread }) => [size.toLocaleString("en-US"), formatSpread(spread, 3)]),
		verdicts: [
			{
				// With 1,000 times as many requests, anything that grows with them takes far more than twice as long.
				target: `flat: at 100,000 requests at most twice the time at 100: ${growth.toFixed(2)} times`,
				met: growth <= 2,
			},
		],
	}
}

function measureAppend(requests: readonly UsageRecord[], size: number): number {
	const ledger = new UsageLedger()
	for (const request of requests.slice(0, size)) ledger.append(request)
	const appended = requests.slice(size, size + APPENDED_REQUESTS)
	collectGarbage()
	let checksum = 0
	const started = performance.now()
	for (const request of appended) {
		ledger.append(request)
		checksum += readHeaderTotals(ledger, request)
	}
	const perRequest = ((performance.now() - started) * 1000) / APPENDED_REQUESTS
	if (checksum === 0) throw new Error("Nothing was read.")
	return perRequest
}

/** Reads all values that the header of a chat takes from its ledger. */
function readHeaderTotals({ total, byTier, failed, failedByTier }: UsageLedger, { usage }: UsageRecord): number {
	const tiers = [...byTier].map(([tier, totals]) => ({ tier, totals }))
	const failures = [...failedByTier].map(([tier, totals]) => ({ tier, totals }))
	return total.knownUsd + tiers.length + failures.length + failed.refused + (usage ? promptTokens(usage) : 0)
}

const TIERS = ["default", "flex", "priority"] as const

function sampleRecord(index: number): UsageRecord {
	const requestedTier = TIERS[index % 3] ?? "default"
	const usage = { inputTokens: 1_000 + (index % 500), outputTokens: 200, cacheReadTokens: 0, cacheWriteTokens: 0 }
	const target = {
		modelId: "openai.gpt-oss-120b-1:0",
		baseModelId: "openai.gpt-oss-120b-1:0",
		region: "us-east-1",
		route: "in-region",
	} as const
	const priced = priceRequest({ ...target, sentTier: requestedTier, servedTier: requestedTier, usage })
	return {
		...target,
		...priced,
		id: String(index),
		at: "2026-01-01T00:00:00.000Z",
		requestedTier,
		servedTier: requestedTier,
		notSentReason: null,
		usage,
	}
}

function repeat(count: number, measure: () => number): number[] {
	measure()
	return Array.from({ length: count }, measure)
}
