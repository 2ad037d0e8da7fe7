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

describe("Which tiers are offered", () => {
	it("an open-weight model takes flex and priority through Converse", () => {
		expect(offeredTiers(gptOss, "converse")).toEqual(["default", "flex", "priority"])
	})

	it("no Claude model takes flex or priority, and reserved is never offered", () => {
		expect(sonnet.tiers.converse.reserved).toBe("yes")
		expect(offeredTiers(sonnet, "converse")).toEqual(["default"])
	})

	it("Kimi K3 takes tiers through chat completions only", () => {
		expect(offeredTiers(kimi, "converse")).toEqual(["default"])
		expect(offeredTiers(kimi, "invoke-model")).toEqual(["default"])
		expect(offeredTiers(kimi, "chat-completions")).toEqual(["default", "flex", "priority"])
	})

	it("a tier on which AWS's own sources disagree is offered", () => {
		expect(deepseek.tiers.converse.flex).toBe("contested")
		expect(offeredTiers(deepseek, "converse")).toEqual(["default", "flex", "priority"])
	})
})

describe("What goes on the wire", () => {
	it("nothing for Standard", () => {
		expect(decideTier(gptOss, "converse", "default")).toEqual({ sentTier: null, notSentReason: null })
	})

	it("the chosen tier where the model takes it", () => {
		expect(decideTier(gptOss, "converse", "flex")).toEqual({ sentTier: "flex", notSentReason: null })
	})

	it("nothing, with the reason, where the model does not take it", () => {
		expect(decideTier(sonnet, "converse", "flex")).toEqual({ sentTier: null, notSentReason: "tier-not-offered" })
		expect(decideTier(kimi, "converse", "flex")).toEqual({ sentTier: null, notSentReason: "tier-not-offered" })
	})

	it("the chosen tier for a model that the catalog does not know: Bedrock decides", () => {
		expect(decideTier(undefined, "converse", "priority")).toEqual({ sentTier: "priority", notSentReason: null })
	})
})

describe("The billed tier", () => {
	it("is the served one where Bedrock reported it", () => {
		expect(billedTier("flex", "default")).toEqual({ billedTier: "default", basis: "served" })
	})

	it("is the sent one where Bedrock reported none", () => {
		expect(billedTier("flex", null)).toEqual({ billedTier: "flex", basis: "requested" })
	})

	it("is default where nothing was sent and nothing reported", () => {
		expect(billedTier(null, null)).toEqual({ billedTier: "default", basis: "assumed-default" })
	})

	it("keeps a word that we do not know", () => {
		expect(billedTier("flex", "express")).toEqual({ billedTier: "express", basis: "served" })
	})
})

describe("What stands where a tier is chosen", () => {
	const converse = { api: "converse", region: "us-east-1", route: "auto" } as const

	it("a choice with the prices of each tier for the model, region and route", () => {
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

	it("one sentence for a model without tiers", () => {
		const choice = tierChoice({ ...converse, modelId: "anthropic.claude-sonnet-4-6" })
		expect(choice).toMatchObject({ kind: "standard-only", elsewhere: false, route: "geo" })
	})

	it("another sentence where the model takes tiers through another API", () => {
		const choice = tierChoice({ ...converse, modelId: "moonshotai.kimi-k3" })
		expect(choice).toMatchObject({ kind: "standard-only", elsewhere: true })
	})

	it("a choice without prices for a model that the catalog does not know", () => {
		const choice = tierChoice({ ...converse, modelId: "acme.new-model-1:0" })
		expect(choice.kind).toBe("unknown-model")
		expect(choice.options.map(({ tier, price, unpricedReason }) => [tier, price, unpricedReason])).toEqual([
			["default", null, "model-unknown"],
			["flex", null, "model-unknown"],
			["priority", null, "model-unknown"],
		])
	})

	it("no prices where there is no route, rather than those of another one", () => {
		const choice = tierChoice({ ...converse, modelId: "anthropic.claude-sonnet-4-6", region: "sa-east-1" })
		expect(choice.route).toBeNull()
		expect(choice.options).toMatchObject([{ tier: "default", price: null }])
	})
})
