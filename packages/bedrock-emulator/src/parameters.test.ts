import { describe, expect, it } from "vitest"
import type { ConverseRequest } from "./converse-shape"
import { checkParameters } from "./parameters"

/** What the emulator refuses of each model family, literally. Sources: docs/wire-contract.md, "Refused parameters". */

const USER = { role: "user", content: [{ text: "Hello" }] } as const
const IMAGE = { image: { format: "png" } }
const PARAMETERS = {
	temperature: { inferenceConfig: { temperature: 0 } },
	topP: { inferenceConfig: { topP: 0.9 } },
	stopSequences: { inferenceConfig: { stopSequences: ["END"] } },
	thinking: { additionalModelRequestFields: { reasoning_effort: "low" } },
	tools: { toolConfig: { tools: [] } },
	toolChoice: { toolConfig: { tools: [], toolChoice: { any: {} } } },
	system: { system: [{ text: "Be brief." }] },
	image: { messages: [{ role: "user", content: [IMAGE] }] },
	imageInToolResult: {
		messages: [{ role: "user", content: [{ toolResult: { toolUseId: "a", content: [IMAGE] } }] }],
	},
	document: { messages: [{ role: "user", content: [{ document: { format: "pdf" } }] }] },
	"15 tokens": { inferenceConfig: { maxTokens: 15 } },
	"16 tokens": { inferenceConfig: { maxTokens: 16 } },
	"200,000 tokens": { inferenceConfig: { maxTokens: 200_000 } },
} as const satisfies Record<string, object>
type Name = keyof typeof PARAMETERS

function messageOf(modelId: string, name: Name, isConverse = true): string | null {
	const request = { messages: [USER], ...PARAMETERS[name] } as unknown as ConverseRequest
	try {
		checkParameters(modelId, request, isConverse)
		return null
	} catch (error) {
		return error instanceof Error ? error.message : String(error)
	}
}
const refusedBy = (modelId: string, isConverse: boolean) =>
	(Object.keys(PARAMETERS) as Name[]).filter((name) => messageOf(modelId, name, isConverse) !== null)

const SAMPLING = ["temperature", "topP", "stopSequences"]
const IMAGES = ["image", "imageInToolResult"]

describe("The emulator refuses", () => {
	it.each([
		["openai.gpt-5.6-sol", [...SAMPLING, "imageInToolResult", "15 tokens"], ["imageInToolResult"]],
		["openai.gpt-6-luna", [...SAMPLING, "imageInToolResult"], ["imageInToolResult"]],
		["openai.gpt-oss-20b-1:0", ["stopSequences", ...IMAGES], IMAGES],
		["xai.grok-4.6", ["temperature", "topP", "imageInToolResult", "document", "15 tokens"], ["imageInToolResult"]],
		["moonshotai.kimi-k3", ["temperature", "imageInToolResult", "document"], ["imageInToolResult"]],
		["deepseek.r1-v1:0", ["tools", "toolChoice", ...IMAGES], IMAGES],
		["qwen.qwen3-32b-v1:0", ["stopSequences", ...IMAGES], IMAGES],
		["qwen.qwen3-vl-235b-a22b", ["imageInToolResult"], ["imageInToolResult"]],
		["zai.glm-5", ["stopSequences", ...IMAGES, "document"], IMAGES],
		["amazon.nova-micro-v1:0", [...IMAGES, "document", "200,000 tokens"], [...IMAGES, "200,000 tokens"]],
		["amazon.nova-pro-v1:0", ["200,000 tokens"], ["200,000 tokens"]],
		["anthropic.claude-sonnet-4-6", ["200,000 tokens"], ["200,000 tokens"]],
		[
			"anthropic.claude-opus-4-7",
			["temperature", "topP", "200,000 tokens"],
			["temperature", "topP", "200,000 tokens"],
		],
	])("of %s through Converse: %j, through InvokeModel: %j", (modelId, converse, invokeModel) => {
		expect(refusedBy(modelId, true)).toEqual(converse)
		expect(refusedBy(modelId, false)).toEqual(invokeModel)
	})

	it.each([
		[
			"openai.gpt-5.6-sol",
			"temperature",
			"This model doesn't support the temperature field. Remove temperature and try again.",
		],
		[
			"openai.gpt-5.6-sol",
			"15 tokens",
			"The model returned the following errors: Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 15 instead.",
		],
		[
			"anthropic.claude-opus-4-7",
			"temperature",
			"The model returned the following errors: `temperature` is deprecated for this model.",
		],
		[
			"anthropic.claude-sonnet-4-6",
			"200,000 tokens",
			"The maximum tokens you requested exceeds the model limit of 128000. Try again with a maximum tokens value that is lower than 128000.",
		],
		["deepseek.r1-v1:0", "tools", "This model doesn't support tool use."],
		["xai.grok-4.6", "document", "This model doesn't support documents."],
		[
			"xai.grok-4.6",
			"imageInToolResult",
			"This model doesn't support the image field for user messages. Remove image and try again.",
		],
	] as const)("of %s %s with AWS's message", (modelId, name, message) => {
		expect(messageOf(modelId, name)).toBe(message)
	})
})
