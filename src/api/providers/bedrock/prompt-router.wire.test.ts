import { describe, expect, it } from "vitest"
import { complete, emulatedBedrock, stream } from "./invoke-model/testing/emulated-bedrock"

/** A prompt router chooses a model for each request and reports it at the end. Usage names and prices that model. */
const bedrock = emulatedBedrock()

const router = (id: string, region = "us-east-1") => `arn:aws:bedrock:${region}:123456789012:prompt-router/${id}`
const handlerOf = (modelId: string) => bedrock.handler("flex", { api: "converse", modelId, region: "us-east-1" })

describe("The usage of a prompt router (1,000 tokens in, 100 out, Flex)", () => {
	it.each([
		// Nova Pro, Flex, us-east-1: $0.40 and $1.60 per million.
		[
			"a model in the router's region",
			router("novapro1"),
			"amazon.nova-pro-v1:0",
			"us-east-1",
			"in-region",
			0.00056,
		],
		// Nova 2 Lite, Flex, global from us-east-1: $0.15 and $1.25 per million.
		[
			"a model behind a global profile",
			router("novaglo1"),
			"amazon.nova-2-lite-v1:0",
			"us-east-1",
			"global",
			0.000275,
		],
		["a model behind a geo profile", router("novageo1"), "amazon.nova-pro-v1:0", "us-east-1", "geo", 0.00056],
		// Nova Pro, Flex, London: $0.565 and $2.26 per million.
		[
			"a model in the region of the router's ARN",
			router("novapro1", "eu-west-2"),
			"amazon.nova-pro-v1:0",
			"eu-west-2",
			"in-region",
			0.000791,
		],
	] as const)("names and prices %s", async (_, modelId, baseModelId, region, route, usd) => {
		for (const usage of [await stream(handlerOf(modelId)), await complete(handlerOf(modelId))]) {
			expect(usage).toMatchObject({ modelId, baseModelId, region, route, modelNamedBy: "account" })
			expect(usage).toMatchObject({ servedTier: "flex", billedTier: "flex", unpricedReason: null })
			expect(usage.totalUsd).toBeCloseTo(usd, 12)
		}
		const paths = bedrock.emulator().requests.map(({ path }) => decodeURIComponent(path))
		expect(paths).toEqual([`/model/${modelId}/converse-stream`, `/model/${modelId}/converse`])
	})

	it("has no price when the router does not report its choice", async () => {
		bedrock.emulator().setScenario("no-metadata")
		expect(await stream(handlerOf(router("novapro1")))).toMatchObject({ baseModelId: null, totalUsd: null })
	})
})
