import { acceptedParameters, allModels, REQUEST_APIS } from "@bedrock-tiers/core"
import { TEST_OUTPUT_TOKENS } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { VERIFY_OUTPUT_TOKENS } from "../../../cli/verify-plan"
import type { ParameterAdjustment, ToolDefinition } from "../../provider-contract"
import { converseInput } from "./converse/converse-input"
import { planRequest } from "./request-plan"

/** Every model of the catalog, with every parameter that the product can send. */

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
const IMAGE = { type: "image", source: { type: "base64", media_type: "image/png", data: PNG } } as const
const TOOL: ToolDefinition = { type: "function", function: { name: "look", parameters: { type: "object" } } }

const PLACES = allModels().flatMap((model) =>
	REQUEST_APIS.filter((api) => model.apis.includes(api)).flatMap((api) => {
		const { inRegion, geo, global } = model.routes
		const region = inRegion[0] ?? geo[0]?.sourceRegions[0] ?? global[0]
		return region === undefined ? [] : [{ model, api, region, id: model.id }]
	}),
)

describe("A request with every parameter", () => {
	it.each(PLACES)("has only what $id accepts through $api, within its output limits", ({ model, api, region }) => {
		const options = {
			region,
			modelId: model.id,
			route: "auto",
			serviceTier: "default",
			api,
			credentials: { method: "api-key", apiKey: "test-key" },
			endpoint: null,
			applicationId: "test",
			temperature: 0.5,
			maxTokens: 10_000_000,
			reasoning: "low",
		} as const
		const route = model.routes.inRegion.length + model.routes.geo.length > 0 ? "auto" : "global"
		const adjustments: ParameterAdjustment[] = []
		const input = converseInput({
			plan: planRequest({ ...options, route }),
			options,
			systemPrompt: "Be brief.",
			turns: [{ role: "user", content: [{ type: "text", text: "Look" }, IMAGE] }],
			metadata: {
				tools: [TOOL],
				tool_choice: "auto",
				onAdjusted: (list) => adjustments.push(...list),
			},
			onSent: () => {},
			signal: new AbortController().signal,
		})

		const { outputTokens, ...accepted } = acceptedParameters(model, api)
		const contained = {
			temperature: input.inferenceConfig?.temperature !== undefined,
			tools: input.toolConfig !== undefined,
			toolChoice: input.toolConfig?.toolChoice !== undefined,
			systemPrompt: input.system !== undefined,
			images: input.messages?.[0]?.content?.some(({ image }) => image) ?? false,
			thinking: input.additionalModelRequestFields !== undefined,
		}
		const refused = Object.entries(accepted).filter(([, { support }]) => support === "no")
		for (const [name] of refused) expect(contained).not.toMatchObject({ [name]: true })
		// A choice without tools is not reported: it is left out with them.
		const reported = Object.entries(contained).filter(([name]) => contained.tools || name !== "toolChoice")
		for (const [name, isIn] of reported)
			expect([name, isIn, adjustments.some(({ parameter }) => parameter === name)]).toEqual([name, isIn, !isIn])
		const { maxTokens = 0 } = input.inferenceConfig ?? {}
		if (outputTokens.max !== null) expect(maxTokens).toBe(outputTokens.max)
	})
})

describe("The connection test and `verify`", () => {
	it.each(PLACES)("ask for at least the minimum output limit of $id through $api", ({ model, api }) => {
		const { min } = acceptedParameters(model, api).outputTokens
		expect(Math.min(TEST_OUTPUT_TOKENS, VERIFY_OUTPUT_TOKENS)).toBeGreaterThanOrEqual(min)
	})
})
