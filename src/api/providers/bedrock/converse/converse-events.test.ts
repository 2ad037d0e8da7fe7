import { describe, expect, it } from "vitest"
import { converseUsage } from "./converse-events"

describe("converseUsage, for cache writes", () => {
	const usage = { inputTokens: 10, outputTokens: 20, totalTokens: 30 }
	const cacheDetails = [
		{ ttl: "1h" as const, inputTokens: 400 },
		{ ttl: "5m" as const, inputTokens: 600 },
	]

	it("returns the reported total and the 1-hour part", () => {
		expect(converseUsage({ ...usage, cacheWriteInputTokens: 1_000, cacheDetails })).toMatchObject({
			cacheWriteTokens: 1_000,
			cacheWrite1hTokens: 400,
		})
	})

	it("sums the details when Bedrock reports no total", () => {
		expect(converseUsage({ ...usage, cacheDetails })).toMatchObject({
			cacheWriteTokens: 1_000,
			cacheWrite1hTokens: 400,
		})
	})
})
