import type { ConverseRequest } from "./converse-shape"
import { AwsFailure } from "./failures"

/** Parameters that a request contains, in the order in which the emulator refuses them. */
export const PARAMETERS = ["temperature", "topP", "thinking", "tools", "system", "image", "maxTokens"] as const
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
	{ models: /^openai\.gpt-5\.6-/, converseOnly: true, refused: ["temperature"], minOutputTokens: 16 },
	{ models: /^openai\.gpt-6-/, converseOnly: true, refused: ["temperature"] },
	{ models: /^xai\.grok-4\.6/, converseOnly: true, refused: ["temperature", "topP"] },
	{ models: /^xai\.grok-/, converseOnly: true, minOutputTokens: 16 },
	{ models: /^moonshotai\.kimi-k3/, converseOnly: true, refused: ["temperature"] },
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
	system: "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
	image: "This model doesn't support the image content block that you provided. Update the content block and try again.",
}

export function refusedParameter(name: Parameter): AwsFailure {
	const message = `This model doesn't support the ${name} field. Remove ${name} and try again.`
	return new AwsFailure("ValidationException", MESSAGES[name] ?? message)
}

/** Parameters that the request contains, in the order of `PARAMETERS`. */
export function parametersOf(request: ConverseRequest): Parameter[] {
	const { inferenceConfig = {}, toolConfig, system = [], messages, additionalModelRequestFields = {} } = request
	const contained: Readonly<Record<Parameter, boolean>> = {
		temperature: inferenceConfig.temperature !== undefined,
		topP: inferenceConfig.topP !== undefined,
		thinking: Object.keys(additionalModelRequestFields as object).length > 0,
		tools: toolConfig !== undefined,
		system: system.length > 0,
		image: JSON.stringify(messages).includes('"image":{'),
		maxTokens: inferenceConfig.maxTokens !== undefined,
	}
	return PARAMETERS.filter((name) => contained[name])
}

/** Throws the ValidationException with which Bedrock refuses the parameters. */
export function checkParameters(modelId: string, request: ConverseRequest, isConverse: boolean): void {
	const rules = RULES.filter(({ models, converseOnly }) => models.test(modelId) && (isConverse || !converseOnly))
	const contained = parametersOf(request)
	const refused = rules.flatMap((rule) => rule.refused ?? []).find((name) => contained.includes(name))
	if (refused) throw refusedParameter(refused)
	const { maxTokens } = request.inferenceConfig ?? {}
	if (maxTokens === undefined) return
	for (const { minOutputTokens = 1, maxOutputTokens = Infinity } of rules) {
		if (maxTokens < minOutputTokens)
			throw new AwsFailure("ValidationException", `The value of maxTokens must be at least ${minOutputTokens}.`)
		if (maxTokens > maxOutputTokens)
			throw new AwsFailure(
				"ValidationException",
				`The maximum tokens you requested exceeds the model limit of ${maxOutputTokens}. Try again with a maximum tokens value that is lower than ${maxOutputTokens}.`,
			)
	}
}
