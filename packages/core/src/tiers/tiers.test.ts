import { describe, expect, it } from "vitest"
import { billedTier, decideTier, findModel, offeredTiers, tierChoice, type CatalogModel } from "../index"

function model(id: string): CatalogModel {
	const found = findModel(id)
	if (!found) throw new Error(`${id} is not in the catalog`)
	return found
}

const gptOss = model("openai.gpt-oss-120b-1:0")
const sonnet = model("anthropic.claude-sonnet-4-6")
const kimi = model("moonshotai.kimi-k3")
const deepseek = model("deepseek.v3-v1:0")

describe("offeredTiers", () => {
	it("offers flex and priority for an open-weight model through Converse", () => {
		expect(offeredTiers(gptOss, "converse")).toEqual(["default", "flex", "priority"])
	})

	it("offers only default for Claude, and never reserved, even when the model supports it", () => {
		expect(sonnet.tiers.converse.reserved).toBe("yes")
		expect(offeredTiers(sonnet, "converse")).toEqual(["default"])
	})

	it("offers tiers for Kimi K3 through Chat Completions only", () => {
		expect(offeredTiers(kimi, "converse")).toEqual(["default"])
		expect(offeredTiers(kimi, "invoke-model")).toEqual(["default"])
		expect(offeredTiers(kimi, "chat-completions")).toEqual(["default", "flex", "priority"])
	})

	it("offers a disputed tier, on which AWS's own sources disagree", () => {
		expect(deepseek.tiers.converse.flex).toBe("contested")
		expect(offeredTiers(deepseek, "converse")).toEqual(["default", "flex", "priority"])
	})
})

describe("decideTier", () => {
	it("sends no tier when the requested tier is Standard", () => {
		expect(decideTier(gptOss, "converse", "default")).toEqual({ sentTier: null, notSentReason: null })
	})

	it("sends the requested tier when the model supports it", () => {
		expect(decideTier(gptOss, "converse", "flex")).toEqual({ sentTier: "flex", notSentReason: null })
	})

	it("sends no tier and reports `tier-not-offered` when the model does not support it", () => {
		expect(decideTier(sonnet, "converse", "flex")).toEqual({ sentTier: null, notSentReason: "tier-not-offered" })
		expect(decideTier(kimi, "converse", "flex")).toEqual({ sentTier: null, notSentReason: "tier-not-offered" })
	})

	it("sends the requested tier for a model that is not in the catalog", () => {
		expect(decideTier(undefined, "converse", "priority")).toEqual({ sentTier: "priority", notSentReason: null })
	})
})

describe("billedTier", () => {
	it("is the served tier when Bedrock reported it", () => {
		expect(billedTier("flex", "default")).toEqual({ billedTier: "default", basis: "served" })
	})

	it("is the sent tier when Bedrock reported no tier", () => {
		expect(billedTier("flex", null)).toEqual({ billedTier: "flex", basis: "requested" })
	})

	it("is default when no tier was sent and no tier was reported", () => {
		expect(billedTier(null, null)).toEqual({ billedTier: "default", basis: "assumed-default" })
	})

	it("preserves an unknown tier that Bedrock reported", () => {
		expect(billedTier("flex", "express")).toEqual({ billedTier: "express", basis: "served" })
	})
})

describe("tierChoice", () => {
	const converse = { api: "converse", region: "us-east-1", route: "auto" } as const

	it("returns each tier with its price for the model, region and route", () => {
		const choice = tierChoice({ ...converse, modelId: "openai.gpt-oss-120b-1:0" })
		expect(choice.kind).toBe("choose")
		expect(choice.route).toBe("in-region")
		expect(
			choice.options.map(({ tier, price }) => [
				tier,
				price?.prices.inputUsdPerMTok,
				price?.prices.outputUsdPerMTok,
			]),
		).toEqual([
			["default", 0.15, 0.6],
			["flex", 0.075, 0.3],
			["priority", 0.2625, 1.05],
		])
	})

	it("returns `standard-only` for a model that supports no other tier", () => {
		const choice = tierChoice({ ...converse, modelId: "anthropic.claude-sonnet-4-6" })
		expect(choice).toMatchObject({ kind: "standard-only", elsewhere: false, route: "geo" })
	})

	it("sets `elsewhere` when the model supports tiers through another API", () => {
		const choice = tierChoice({ ...converse, modelId: "moonshotai.kimi-k3" })
		expect(choice).toMatchObject({ kind: "standard-only", elsewhere: true })
	})

	it("returns every selectable tier without a price for a model that is not in the catalog", () => {
		const choice = tierChoice({ ...converse, modelId: "acme.new-model-1:0" })
		expect(choice.kind).toBe("unknown-model")
		expect(choice.options.map(({ tier, price, unpricedReason }) => [tier, price, unpricedReason])).toEqual([
			["default", null, "model-unknown"],
			["flex", null, "model-unknown"],
			["priority", null, "model-unknown"],
		])
	})

	it("returns no prices when there is no route, instead of the prices of another route", () => {
		const choice = tierChoice({ ...converse, modelId: "anthropic.claude-sonnet-4-6", region: "sa-east-1" })
		expect(choice.route).toBeNull()
		expect(choice.options).toMatchObject([{ tier: "default", price: null }])
	})
})
