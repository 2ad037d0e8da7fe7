import { describe, expect, it } from "vitest"
import { findPriceCard, type PriceQuery } from "../index"

function find(baseModelId: string, region: string, tier: string, route: PriceQuery["route"] = "in-region") {
	return findPriceCard({ baseModelId, region, route, tier, promptTokens: 0 })
}

describe("Pinned prices, USD per million tokens, as AWS published them", () => {
	it.each([
		// model, region, route, tier, input, output
		["openai.gpt-oss-120b-1:0", "us-east-1", "in-region", "default", 0.15, 0.6],
		["openai.gpt-oss-120b-1:0", "us-east-1", "in-region", "flex", 0.075, 0.3],
		["openai.gpt-oss-120b-1:0", "us-east-1", "in-region", "priority", 0.2625, 1.05],
		["openai.gpt-oss-120b-1:0", "ap-southeast-2", "in-region", "priority", 0.270375, 1.0815],
		["openai.gpt-oss-20b-1:0", "eu-west-2", "in-region", "default", 0.11, 0.47],
		["amazon.nova-pro-v1:0", "us-east-1", "in-region", "priority", 1.4, 5.6],
		["amazon.nova-pro-v1:0", "us-west-2", "geo", "flex", 0.4, 1.6],
		["amazon.nova-premier-v1:0", "us-east-1", "geo", "priority", 4.375, 21.875],
		["amazon.nova-2-lite-v1:0", "us-east-1", "geo", "flex", 0.165, 1.375],
		["amazon.nova-2-lite-v1:0", "us-east-1", "global", "flex", 0.15, 1.25],
		["qwen.qwen3-coder-480b-a35b-v1:0", "us-west-2", "in-region", "priority", 0.7875, 3.15],
		["deepseek.v3-v1:0", "us-east-1", "in-region", "flex", 0.29, 0.84],
		["moonshotai.kimi-k3", "us-east-1", "geo", "default", 3.3, 16.5],
		["moonshotai.kimi-k3", "ap-south-1", "global", "priority", 5.25, 26.25],
		["anthropic.claude-sonnet-4-6", "us-east-1", "geo", "default", 3.3, 16.5],
		["anthropic.claude-haiku-4-5-20251001-v1:0", "sa-east-1", "global", "default", 1, 5],
	] as const)("%s in %s, %s, %s: %d in, %d out", (id, region, route, tier, input, output) => {
		const { card } = find(id, region, tier, route)
		expect(card).toMatchObject({ inputUsdPerMTok: input, outputUsdPerMTok: output, region: expect.any(String) })
		expect(card?.checkedOn).toMatch(/^2026-/)
	})
})

describe("What is not known is said, never guessed", () => {
	it.each([
		["acme.new-model-1:0", "us-east-1", "default", "model-unknown"],
		["openai.gpt-oss-120b-1:0", "us-east-1", "express", "unknown-tier"],
		["anthropic.claude-sonnet-4-6", "us-east-1", "reserved", "paid-by-reservation"],
		["anthropic.claude-sonnet-4-6", "us-east-1", "flex", "tier-not-offered"],
		["openai.gpt-oss-120b-1:0", "us-gov-west-1", "default", "region-not-priced"],
	])("%s in %s on %s: %s", (id, region, tier, reason) => {
		expect(find(id, region, tier)).toEqual({ card: null, reason })
	})

	it("another route's price is not taken", () => {
		expect(find("amazon.nova-2-lite-v1:0", "us-east-1", "default", "in-region").card).toBeNull()
	})

	it("Nova's cache writes have no published price", () => {
		expect(find("amazon.nova-pro-v1:0", "us-east-1", "flex").card).toMatchObject({
			cacheReadUsdPerMTok: 0.1,
			cacheWriteUsdPerMTok: null,
			derived: ["cacheRead"],
		})
	})
})
