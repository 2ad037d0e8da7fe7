import { describe, expect, it } from "vitest"
import { findPriceCard, type PriceQuery } from "../index"

function find(
	baseModelId: string,
	region: string,
	tier: string,
	route: PriceQuery["route"] = "in-region",
	promptTokens = 0,
) {
	return findPriceCard({ baseModelId, region, route, tier, promptTokens })
}

describe("findPriceCard, for prices that AWS published (USD per million tokens)", () => {
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
		["anthropic.claude-opus-5-5", "us-west-2", "geo", "default", 4.4, 22],
		["anthropic.claude-opus-5-5", "eu-west-2", "in-region", "default", 4.4, 22],
		["anthropic.claude-fable-5-1", "ap-northeast-1", "global", "default", 10, 50],
		["deepseek.v3-v1:0", "ap-northeast-1", "in-region", "priority", 1.2279155, 3.55671925],
		["google.gemma-3-27b-it", "us-east-1", "in-region", "flex", 0.12, 0.19],
		["minimax.minimax-m2.5", "us-east-1", "in-region", "priority", 0.525, 2.1],
		["mistral.devstral-2-123b", "us-east-1", "in-region", "priority", 0.7, 3.5],
		["mistral.pixtral-large-2502-v1:0", "eu-west-1", "geo", "default", 2, 6],
		["nvidia.nemotron-super-3-120b", "us-west-2", "in-region", "flex", 0.075, 0.325],
		["openai.gpt-5.5", "us-east-2", "in-region", "default", 5.5, 33],
		["openai.gpt-5.6-luna", "ap-south-1", "geo", "default", 0.22, 1.32],
		["openai.gpt-6-sol", "mx-central-1", "global", "default", 2, 10],
		["openai.gpt-oss-safeguard-20b", "ap-southeast-2", "in-region", "flex", 0.03605, 0.103],
		["qwen.qwen3-next-80b-a3b", "us-east-1", "in-region", "priority", 0.26, 2.1],
		["writer.palmyra-x5-v1:0", "us-west-1", "geo", "default", 0.6, 6],
		["xai.grok-4.6", "us-east-1", "geo", "priority", 3.85, 11.55],
		["xai.grok-4.7", "sa-east-1", "global", "flex", 1, 3],
		["zai.glm-5", "us-east-1", "in-region", "flex", 0.5, 1.6],
	] as const)(
		"prices %s in %s, route %s, tier %s at %d input and %d output",
		(id, region, route, tier, input, output) => {
			const { card } = find(id, region, tier, route)
			expect(card).toMatchObject({ inputUsdPerMTok: input, outputUsdPerMTok: output, region: expect.any(String) })
			expect(card?.checkedOn).toMatch(/^2026-/)
		},
	)

	it.each([
		// prompt tokens, input, output, cache read, cache write
		[0, 10, 50, 1, 12.5],
		[272_000, 10, 50, 1, 12.5],
		[272_001, 20, 75, 2, 25],
		[1_000_000, 20, 75, 2, 25],
	])(
		"selects the context band of GPT-6 Astra, route global, for %i prompt tokens",
		(tokens, input, output, read, write) => {
			expect(find("openai.gpt-6-astra", "eu-west-1", "default", "global", tokens).card).toMatchObject({
				inputUsdPerMTok: input,
				outputUsdPerMTok: output,
				cacheReadUsdPerMTok: read,
				cacheWriteUsdPerMTok: write,
			})
		},
	)

	it.each([
		// model, route, tier, cache read, cache write, 1-hour cache write
		["anthropic.claude-sonnet-4-6", "geo", "default", 0.33, 4.125, 6.6],
		["anthropic.claude-opus-5", "global", "default", 0.5, 6.25, 10],
		["anthropic.claude-fable-5-1", "geo", "default", 0.275, 13.75, 22],
		["moonshotai.kimi-k3", "geo", "priority", 0.5775, 7.21875, null],
		["openai.gpt-6.1-sol", "global", "default", 0.1, 2.5, null],
		["xai.grok-4.6", "global", "flex", 0.25, null, null],
	] as const)("prices caching of %s, route %s, tier %s", (id, route, tier, read, write, hour) => {
		expect(find(id, "us-east-1", tier, route).card).toMatchObject({
			cacheReadUsdPerMTok: read,
			cacheWriteUsdPerMTok: write,
			cacheWrite1hUsdPerMTok: hour,
		})
	})

	it("returns the published price of a tier whose price is not its factor times the base", () => {
		const omni = (tier: string) => find("amazon.nova-2-lite-omni-v1", "us-east-1", tier, "global").card
		expect(omni("flex")).toMatchObject({ inputUsdPerMTok: 0.2, outputUsdPerMTok: 1.3 })
		expect(omni("priority")).toMatchObject({ inputUsdPerMTok: 0.5, outputUsdPerMTok: 4.4 })
	})
})

describe("findPriceCard, for derived prices", () => {
	it("marks a tier's price as derived only when AWS did not print it", () => {
		expect(find("openai.gpt-oss-120b-1:0", "ap-southeast-2", "priority").card).toMatchObject({ derived: [] })
		expect(find("openai.gpt-oss-120b-1:0", "eu-west-2", "priority").card).toMatchObject({
			derived: ["input", "output"],
		})
	})

	it("derives Claude's 1-hour cache write price, which is twice the input price by AWS's rule", () => {
		expect(find("anthropic.claude-opus-5", "us-east-1", "default", "geo").card).toMatchObject({
			derived: ["cacheWrite1h"],
			source: "aws-price-list-2026-09-29",
		})
	})

	it.each([
		[0, 0.11, 0.55],
		[100_000, 0.11, 0.55],
		[100_001, 0.55, 2.75],
	])(
		"marks all prices of Claude Haiku 5.5, which AWS printed nowhere, for %i prompt tokens",
		(tokens, input, output) => {
			expect(find("anthropic.claude-haiku-5-5", "us-east-1", "default", "geo", tokens).card).toMatchObject({
				inputUsdPerMTok: input,
				outputUsdPerMTok: output,
				derived: ["input", "output", "cacheRead", "cacheWrite", "cacheWrite1h"],
			})
		},
	)

	it("uses Claude's regional price for each region of a geographic profile, but not for GovCloud", () => {
		expect(find("anthropic.claude-sonnet-4-5-20250929-v1:0", "jp-none-1", "default", "geo").card).toBeNull()
		expect(
			find("anthropic.claude-sonnet-4-5-20250929-v1:0", "ap-northeast-1", "default", "geo").card,
		).toMatchObject({
			inputUsdPerMTok: 3.3,
			derived: ["input", "output", "cacheRead", "cacheWrite", "cacheWrite1h"],
		})
		expect(find("anthropic.claude-sonnet-4-5-20250929-v1:0", "us-gov-west-1", "default", "geo")).toEqual({
			card: null,
			reason: "region-not-priced",
		})
	})
})

describe("findPriceCard, for an unknown price", () => {
	it.each([
		["acme.new-model-1:0", "us-east-1", "default", "model-unknown"],
		["openai.gpt-oss-120b-1:0", "us-east-1", "express", "unknown-tier"],
		["anthropic.claude-sonnet-4-6", "us-east-1", "reserved", "paid-by-reservation"],
		["anthropic.claude-sonnet-4-6", "us-east-1", "flex", "tier-not-offered"],
		["openai.gpt-oss-120b-1:0", "ap-southeast-4", "default", "region-not-priced"],
	])("for %s in %s on %s returns the reason %s", (id, region, tier, reason) => {
		expect(find(id, region, tier)).toEqual({ card: null, reason })
	})

	it("does not use the price of another route", () => {
		expect(find("amazon.nova-2-lite-v1:0", "us-east-1", "default", "in-region").card).toBeNull()
	})

	it("does not derive the price of a disputed tier that has no published price", () => {
		expect(find("mistral.pixtral-large-2502-v1:0", "us-east-1", "flex", "geo")).toEqual({
			card: null,
			reason: "tier-not-priced",
		})
	})

	it("returns 0 for a cache write in a region where AWS lists it at zero, and `null` in other regions", () => {
		const nova = (region: string) => find("amazon.nova-2-lite-v1:0", region, "flex", "geo").card
		expect(nova("us-east-1")).toMatchObject({ cacheWriteUsdPerMTok: 0 })
		expect(nova("eu-west-1")).toMatchObject({ cacheWriteUsdPerMTok: 0 })
		expect(nova("eu-south-1")).toMatchObject({ cacheWriteUsdPerMTok: null })
	})

	it("returns `null` for Nova Pro's cache writes where no list that prints them was read", () => {
		expect(find("amazon.nova-pro-v1:0", "us-east-1", "flex").card).toMatchObject({ cacheWriteUsdPerMTok: 0 })
		expect(find("amazon.nova-pro-v1:0", "us-west-2", "flex", "geo").card).toMatchObject({
			cacheReadUsdPerMTok: 0.1,
			cacheWriteUsdPerMTok: null,
		})
	})
})
