import { describe, expect, test } from "vitest"
import { answer, chatView, request } from "@bedrock-tiers/test-kit/samples/view-state"
import { speedByTier, taskRequests, usageByKind } from "./task-usage"

/** gpt-oss-120b in us-east-1: $0.15 and $0.60 per million input and output tokens on Standard, half on Flex. */
const flex = request()

test("taskRequests returns the requests of answers, removed answers and background tasks, by time", () => {
	const removed = request({ id: "removed", at: "2026-11-20T09:00:00Z" })
	const title = request({ id: "title", at: "2026-11-20T10:00:30Z" })
	const later = request({ id: "later", at: "2026-11-20T10:01:00Z" })
	const chat = chatView({
		messages: [answer(), answer({ id: "b", request: later }), answer({ id: "c", request: null })],
		background: [{ purpose: "title", request: title }],
		removedRequests: [removed],
	})
	expect(taskRequests(chat).map(({ id }) => id)).toEqual(["removed", "request-1", "title", "later"])
})

describe("Usage by kind", () => {
	test("sums tokens and costs, and omits kinds without tokens except input and output", () => {
		expect(usageByKind([flex, flex]).map(({ kind, tokens }) => [kind, tokens])).toEqual([
			["input", 8_000],
			["output", 6_000],
		])
		expect(usageByKind([flex, flex])[0]).toMatchObject({ cost: { kind: "exact", amount: 0.0006 } })
	})

	test("is marked as incomplete when a part has no price", () => {
		const lines = [{ kind: "cacheWrite", tokens: 100, usdPerMTok: null, usd: null }] as const
		expect(usageByKind([flex, request({ lines })])[2]).toEqual({
			kind: "cacheWrite",
			tokens: 100,
			cost: { kind: "unknown" },
		})
	})
})

describe("Speed by tier", () => {
	const timed = (firstTokenMs: number | null, totalMs: number) => request({ timing: { firstTokenMs, totalMs } })

	test("is the median of the measured requests", () => {
		// 3,000 tokens in 1, 2 and 3 seconds after the first token.
		const requests = [timed(400, 1_400), timed(900, 2_900), timed(500, 3_500), flex]
		expect(speedByTier(requests)).toEqual([
			{ tier: "flex", requests: 3, firstTokenMs: 500, tokensPerSecond: 1_500 },
		])
	})

	test("is `null` when it could not be measured, and omits requests without timing", () => {
		expect(speedByTier([timed(null, 1_000)])).toEqual([
			{ tier: "flex", requests: 1, firstTokenMs: null, tokensPerSecond: null },
		])
		expect(speedByTier([flex])).toEqual([])
	})
})
