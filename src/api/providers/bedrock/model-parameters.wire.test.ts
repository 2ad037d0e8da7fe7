import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ChatTurn, ParameterAdjustment, RequestMetadata, ToolDefinition } from "../../provider-contract"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { BedrockHandlerOptions } from "./handler-options"

/**
 * Each parameter, to each model family, through each API. The emulator refuses what a model does not accept by a table
 * of its own, so a request that is answered contains nothing that the model refuses.
 */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi." })
})
afterAll(() => emulator.close())

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
const IMAGE = { type: "image", source: { type: "base64", media_type: "image/png", data: PNG } } as const
const TOOL: ToolDefinition = { type: "function", function: { name: "look", parameters: { type: "object" } } }
const HELLO: ChatTurn = { role: "user", content: "Hello" }
const LOOK: readonly ChatTurn[] = [
	HELLO,
	{ role: "assistant", content: [{ type: "tool_use", id: "a", name: "look", input: {} }] },
	{ role: "user", content: [{ type: "tool_result", tool_use_id: "a", content: [IMAGE] }] },
]

type Sent = {
	readonly options?: Partial<BedrockHandlerOptions>
	readonly systemPrompt?: string
	readonly turns?: readonly ChatTurn[]
	readonly metadata?: RequestMetadata
	/** Matches the body of a request that contains the parameter as it was set. */
	readonly isIn: RegExp
}

const PARAMETERS = {
	temperature: { options: { temperature: 0.5 }, isIn: /"temperature":0\.5/ },
	thinking: { options: { reasoning: "low" }, isIn: /"(thinking|reasoning_effort|reasoningConfig)":/ },
	tools: { metadata: { tools: [TOOL] }, isIn: /"(tools|toolConfig)":/ },
	toolChoice: { metadata: { tools: [TOOL], tool_choice: "required" }, isIn: /"(toolChoice|tool_choice)":/ },
	systemPrompt: { systemPrompt: "Be brief.", isIn: /"system":|"role":"system"/ },
	images: { turns: [{ role: "user", content: [IMAGE] }], isIn: new RegExp(PNG.slice(0, 40)) },
	imagesInToolResults: {
		turns: LOOK,
		metadata: { tools: [TOOL] },
		isIn: /"(toolResult|tool_result)".*iVBORw0KGgo.*\}\]\}\}?\]\}/,
	},
	maxTokens: { options: { maxTokens: 500 }, isIn: /"(maxTokens|max_tokens|max_completion_tokens)":500\b/ },
	"maxTokens of 3": { options: { maxTokens: 3 }, isIn: /"(maxTokens|max_tokens|max_completion_tokens)":3\b/ },
	"maxTokens of 200,000": { options: { maxTokens: 200_000 }, isIn: /okens":200000\b/ },
} satisfies Record<string, Sent>
type Parameter = keyof typeof PARAMETERS

const BOTH = ["converse", "invoke-model"] as const
const CONVERSE = ["converse"] as const
const TEXT_ONLY = ["images", "imagesInToolResults"] as const
const ABOVE = "maxTokens of 200,000"

type Family = {
	readonly modelId: string
	readonly apis: readonly ("converse" | "invoke-model")[]
	/** Parameters that are not sent as set. */
	readonly fitted: readonly Parameter[]
	/** Parameters that are not sent as set through Converse only. */
	readonly fittedInConverse?: readonly Parameter[]
}

const FAMILIES: readonly Family[] = [
	{
		modelId: "openai.gpt-5.6-sol",
		apis: CONVERSE,
		fitted: ["temperature", "imagesInToolResults", "maxTokens of 3", ABOVE],
	},
	{ modelId: "openai.gpt-6-luna", apis: CONVERSE, fitted: ["temperature", "imagesInToolResults", ABOVE] },
	{ modelId: "openai.gpt-oss-120b-1:0", apis: BOTH, fitted: [...TEXT_ONLY, ABOVE] },
	{
		modelId: "xai.grok-4.6",
		apis: CONVERSE,
		fitted: ["temperature", "thinking", "imagesInToolResults", "maxTokens of 3"],
	},
	{
		modelId: "moonshotai.kimi-k3",
		apis: BOTH,
		fitted: ["thinking", "imagesInToolResults"],
		fittedInConverse: ["temperature"],
	},
	{
		modelId: "deepseek.r1-v1:0",
		apis: CONVERSE,
		fitted: ["thinking", "tools", "toolChoice", ...TEXT_ONLY, ABOVE],
	},
	{ modelId: "deepseek.v3-v1:0", apis: BOTH, fitted: ["thinking", ...TEXT_ONLY, ABOVE] },
	{ modelId: "qwen.qwen3-32b-v1:0", apis: BOTH, fitted: ["thinking", ...TEXT_ONLY, ABOVE] },
	{ modelId: "qwen.qwen3-vl-235b-a22b", apis: BOTH, fitted: ["thinking", "imagesInToolResults", ABOVE] },
	{ modelId: "zai.glm-5", apis: BOTH, fitted: ["thinking", ...TEXT_ONLY, ABOVE] },
	{ modelId: "amazon.nova-micro-v1:0", apis: BOTH, fitted: ["thinking", ...TEXT_ONLY, ABOVE] },
	{ modelId: "amazon.nova-pro-v1:0", apis: BOTH, fitted: ["thinking", ABOVE] },
	{ modelId: "amazon.nova-2-lite-v1:0", apis: BOTH, fitted: [ABOVE] },
	{ modelId: "anthropic.claude-haiku-4-5-20251001-v1:0", apis: BOTH, fitted: [ABOVE] },
	{ modelId: "anthropic.claude-sonnet-4-6", apis: BOTH, fitted: [ABOVE] },
	{ modelId: "anthropic.claude-opus-4-7", apis: BOTH, fitted: ["temperature", ABOVE] },
]

const CASES = FAMILIES.flatMap(({ modelId, apis, fitted, fittedInConverse = [] }) =>
	apis.flatMap((api) =>
		(Object.keys(PARAMETERS) as Parameter[]).map((parameter) => {
			const isFitted = fitted.includes(parameter) || (api === "converse" && fittedInConverse.includes(parameter))
			return { modelId, api, parameter, isFitted, outcome: isFitted ? "fitted to the model" : "sent as set" }
		}),
	),
)

async function send(modelId: string, api: "converse" | "invoke-model", parameter: Sent) {
	emulator.requests.length = 0
	const handler = new AwsBedrockHandler({
		region: "us-east-1",
		modelId,
		route: "auto",
		serviceTier: "default",
		api,
		credentials: { method: "api-key", apiKey: "test-key" },
		endpoint: emulator.url,
		applicationId: "wire-test",
		...parameter.options,
	})
	const adjustments: ParameterAdjustment[] = []
	const metadata = {
		...parameter.metadata,
		onAdjusted: (list: readonly ParameterAdjustment[]) => adjustments.push(...list),
	}
	const { systemPrompt = "", turns = [HELLO] } = parameter
	for await (const chunk of handler.createMessage(systemPrompt, turns, metadata)) void chunk
	handler.dispose()
	return { body: emulator.requests[0]?.body ?? "", status: emulator.requests[0]?.status, adjustments }
}

describe("A request with", () => {
	it.each(CASES)(
		"$parameter to $modelId is $outcome and accepted: $api",
		async ({ modelId, api, parameter, isFitted }) => {
			const sent: Sent = PARAMETERS[parameter]
			const { body, status, adjustments } = await send(modelId, api, sent)
			expect(status).toBe(200)
			expect(sent.isIn.test(body)).toBe(!isFitted)
			// Images in tool results are moved by the repair of conversations, which reports them itself.
			const isReported = isFitted && parameter !== "imagesInToolResults"
			if (parameter !== "imagesInToolResults") expect(adjustments).toHaveLength(isReported ? 1 : 0)
		},
	)
})
