import { describe, expect, test } from "vitest"
import { answer, chatView, request } from "@bedrock-tiers/test-kit/samples/view-state"
import { speedByTier, taskRequests, usageByKind } from "./task-usage"

/** gpt-oss-120b in us-east-1: $0.15 in and $0.60 out a million on Standard, half on Flex, 1.75 times on Priority. */
const flex = request()

test("A task's requests are those of its answers, removed ones too, and those in the background, by time", () => {
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

describe("By kind", () => {
	test("tokens and costs are sums; kinds without tokens are left out, but for input and output", () => {
		expect(usageByKind([flex, flex]).map(({ kind, tokens }) => [kind, tokens])).toEqual([
			["input", 8_000],
			["output", 6_000],
		])
		expect(usageByKind([flex, flex])[0]).toMatchObject({ knownUsd: 0.0006, complete: true })
	})

	test("a part without a price makes the sum the least that it is", () => {
		const lines = [{ kind: "cacheWrite", tokens: 100, usdPerMTok: null, usd: null }] as const
		expect(usageByKind([flex, request({ lines })])[2]).toEqual({
			kind: "cacheWrite",
			tokens: 100,
			knownUsd: 0,
			complete: false,
		})
	})
})

describe("How fast each tier was", () => {
	const timed = (firstTokenMs: number | null, totalMs: number) => request({ timing: { firstTokenMs, totalMs } })

	test("is told by medians of what was measured", () => {
		// 3,000 tokens in 1, 2 and 3 seconds after the first.
		const requests = [timed(400, 1_400), timed(900, 2_900), timed(500, 3_500), flex]
		expect(speedByTier(requests)).toEqual([
			{ tier: "flex", requests: 3, firstTokenMs: 500, tokensPerSecond: 1_500 },
		])
	})

	test("has no first token and no speed where none could be told", () => {
		expect(speedByTier([timed(null, 1_000)])).toEqual([
			{ tier: "flex", requests: 1, firstTokenMs: null, tokensPerSecond: null },
		])
		expect(speedByTier([flex])).toEqual([])
	})
})
