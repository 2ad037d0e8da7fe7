import type { ConverseRequest } from "./converse-shape"
import { AwsFailure, refusedByModel } from "./failures"

/** Parameters that a request contains, in the order in which the emulator refuses them. */
export const PARAMETERS = [
	"temperature",
	"topP",
	"stopSequences",
	"thinking",
	"tools",
	"toolChoice",
	"system",
	"image",
	"imageInToolResult",
	"document",
	"maxTokens",
] as const
export type Parameter = (typeof PARAMETERS)[number]

/** What Bedrock refuses of one model family. Sources: docs/wire-contract.md, "Refused parameters". */
type ParameterRules = {
	/** Start of the base model id. */
	models: RegExp
	/** Set when the refusal is known for Converse only. */
	converseOnly?: true
	refused?: readonly Parameter[]
	minOutputTokens?: number
	maxOutputTokens?: number
}

const RULES: readonly ParameterRules[] = [
	{ models: /^openai\.gpt-5\.6-/, converseOnly: true, minOutputTokens: 16 },
	{ models: /^openai\.gpt-(5\.6|6)-/, converseOnly: true, refused: ["temperature", "topP", "stopSequences"] },
	{ models: /^(openai\.gpt-oss-|qwen\.qwen3-32b|zai\.glm-)/, converseOnly: true, refused: ["stopSequences"] },
	{ models: /^xai\.grok-4\.6/, converseOnly: true, refused: ["temperature", "topP"] },
	{ models: /^xai\.grok-/, converseOnly: true, refused: ["document"], minOutputTokens: 16 },
	{ models: /^moonshotai\.kimi-k3/, converseOnly: true, refused: ["temperature", "document"] },
	{ models: /^deepseek\.r1/, converseOnly: true, refused: ["tools"] },
	{ models: /^(zai\.glm-5|amazon\.nova-micro)/, converseOnly: true, refused: ["document"] },
	{ models: /^(openai\.gpt-oss-|qwen\.qwen3-(?!vl)|deepseek\.|zai\.|amazon\.nova-micro)/, refused: ["image"] },
	{ models: /^(?!anthropic\.|amazon\.nova)/, refused: ["imageInToolResult"] },
	{
		models: /^anthropic\.claude-(opus-4-[78]|opus-5|sonnet-5|haiku-5-5|fable-5)/,
		refused: ["temperature", "topP"],
	},
	{ models: /^anthropic\.claude-(haiku-4-5|opus-4-5|sonnet-4-5)/, maxOutputTokens: 64_000 },
	{ models: /^anthropic\.claude-(opus-4-[678]|sonnet-4-6|opus-5|sonnet-5)/, maxOutputTokens: 128_000 },
	{ models: /^amazon\.nova-(micro|lite|pro)-v1/, maxOutputTokens: 10_000 },
]

/** AWS's messages about a parameter; about others it names the field. */
const MESSAGES: Readonly<Partial<Record<Parameter, string>>> = {
	tools: "This model doesn't support tool use.",
	toolChoice:
		"This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
	system: "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
	image: "This model doesn't support the image content block that you provided. Update the content block and try again.",
	imageInToolResult: "This model doesn't support the image field for user messages. Remove image and try again.",
	document: "This model doesn't support documents.",
}

export function refusedParameter(name: Parameter): AwsFailure {
	const message = `This model doesn't support the ${name} field. Remove ${name} and try again.`
	return new AwsFailure("ValidationException", MESSAGES[name] ?? message)
}

/** Claude's own message, which Converse passes on. */
function deprecatedForClaude(name: "temperature" | "topP"): AwsFailure {
	const field = name === "topP" ? "top_p" : name
	return refusedByModel(`\`${field}\` is deprecated for this model.`)
}

/** Parameters that the request contains, in the order of `PARAMETERS`. */
export function parametersOf(request: ConverseRequest): Parameter[] {
	const { inferenceConfig = {}, toolConfig, system = [], messages, additionalModelRequestFields = {} } = request
	const blocks = messages.flatMap(({ content }) => content)
	const inResults = blocks.flatMap(({ toolResult }) => toolResult?.content ?? [])
	const contained: Readonly<Record<Parameter, boolean>> = {
		temperature: inferenceConfig.temperature !== undefined,
		topP: inferenceConfig.topP !== undefined,
		stopSequences: inferenceConfig.stopSequences !== undefined,
		thinking: Object.keys(additionalModelRequestFields as object).length > 0,
		tools: toolConfig !== undefined,
		toolChoice: toolConfig?.toolChoice !== undefined,
		system: system.length > 0,
		image: [...blocks, ...inResults].some(({ image }) => image !== undefined),
		imageInToolResult: inResults.some(({ image }) => image !== undefined),
		document: [...blocks, ...inResults].some(({ document }) => document !== undefined),
		maxTokens: inferenceConfig.maxTokens !== undefined,
	}
	return PARAMETERS.filter((name) => contained[name])
}

/** Throws the ValidationException with which Bedrock refuses the parameters. */
export function checkParameters(modelId: string, request: ConverseRequest, isConverse: boolean): void {
	const rules = RULES.filter(({ models, converseOnly }) => models.test(modelId) && (isConverse || !converseOnly))
	const isRefused = (name: Parameter) => rules.some(({ refused }) => refused?.includes(name))
	const refused = parametersOf(request).find(isRefused)
	if (refused && modelId.startsWith("anthropic.") && (refused === "temperature" || refused === "topP"))
		throw deprecatedForClaude(refused)
	if (refused) throw refusedParameter(refused)
	const { maxTokens } = request.inferenceConfig ?? {}
	if (maxTokens !== undefined) for (const rule of rules) checkOutputLimit(maxTokens, rule, modelId, isConverse)
}

function checkOutputLimit(maxTokens: number, rule: ParameterRules, modelId: string, isConverse: boolean): void {
	const { minOutputTokens = 1, maxOutputTokens = Infinity } = rule
	if (maxTokens < minOutputTokens)
		throw refusedByModel(
			`Invalid 'max_output_tokens': integer below minimum value. Expected a value >= ${minOutputTokens}, but got ` +
				`${maxTokens} instead.`,
		)
	if (maxTokens <= maxOutputTokens) return
	if (modelId.startsWith("anthropic.") && !isConverse)
		throw refusedByModel(
			`max_tokens: ${maxTokens} > ${maxOutputTokens}, which is the maximum allowed number of output tokens for ` +
				modelId.replace("anthropic.", ""),
		)
	throw new AwsFailure(
		"ValidationException",
		`The maximum tokens you requested exceeds the model limit of ${maxOutputTokens}. Try again with a maximum ` +
			`tokens value that is lower than ${maxOutputTokens}.`,
	)
}
