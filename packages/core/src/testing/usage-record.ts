import type { UsageRecord } from "../index"

/**
 * Sample usage record for the tests of several packages: gpt-oss-120b in us-east-1, requested and served on Flex. 4,000
 * input tokens at $0.075 and 3,000 output tokens at $0.30 per million cost $0.0003 + $0.0009 = $0.0012.
 */
export function usageRecord(part: Partial<UsageRecord> = {}): UsageRecord {
	return {
		id: "request-1",
		at: "2026-11-20T10:00:00.000Z",
		modelId: "openai.gpt-oss-120b-1:0",
		baseModelId: "openai.gpt-oss-120b-1:0",
		region: "us-east-1",
		route: "in-region",
		requestedTier: "flex",
		servedTier: "flex",
		notSentReason: null,
		usage: { inputTokens: 4_000, outputTokens: 3_000, cacheReadTokens: 0, cacheWriteTokens: 0 },
		billedTier: "flex",
		basis: "served",
		lines: [
			{ kind: "input", tokens: 4_000, usdPerMTok: 0.075, usd: 0.0003 },
			{ kind: "output", tokens: 3_000, usdPerMTok: 0.3, usd: 0.0009 },
			{ kind: "cacheRead", tokens: 0, usdPerMTok: null, usd: 0 },
			{ kind: "cacheWrite", tokens: 0, usdPerMTok: null, usd: 0 },
		],
		totalUsd: 0.0012,
		knownUsd: 0.0012,
		unpricedReason: null,
		card: { origin: "catalog", source: "AWS Price List, published 2026-08-20", checkedOn: "2026-08-20" },
		discountPercent: 0,
		...part,
	}
}
