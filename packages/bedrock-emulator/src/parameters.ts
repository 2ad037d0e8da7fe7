import type { ConverseRequest } from "./converse-shape"
import { AwsFailure } from "./failures"

/** What Bedrock refuses of one model family in Converse. Sources: docs/wire-contract.md, "Refused parameters". */
type ParameterRules = {
	/** Start of the base model id. */
	models: RegExp
	refused: readonly ("temperature" | "topP")[]
	minOutputTokens: number
}

const RULES: readonly ParameterRules[] = [
	{ models: /^openai\.gpt-5\.6-/, refused: ["temperature"], minOutputTokens: 16 },
	{ models: /^openai\.gpt-6-/, refused: ["temperature"], minOutputTokens: 1 },
	{ models: /^xai\.grok-4\.6/, refused: ["temperature", "topP"], minOutputTokens: 16 },
	{ models: /^xai\.grok-(?!4\.6)/, refused: [], minOutputTokens: 16 },
	{ models: /^moonshotai\.kimi-k3/, refused: ["temperature"], minOutputTokens: 1 },
	{
		models: /^anthropic\.claude-(opus-4-[78]|opus-5|sonnet-5|haiku-5-5|fable-5)/,
		refused: ["temperature", "topP"],
		minOutputTokens: 1,
	},
]

/** Throws the ValidationException with which Bedrock refuses the parameters. */
export function checkParameters(modelId: string, { inferenceConfig = {} }: Pick<ConverseRequest, "inferenceConfig">) {
	const rules = RULES.find(({ models }) => models.test(modelId))
	if (rules === undefined) return
	for (const name of rules.refused) {
		if (inferenceConfig[name] === undefined) continue
		throw new AwsFailure(
			"ValidationException",
			`This model doesn't support the ${name} field. Remove ${name} and try again.`,
		)
	}
	const { maxTokens } = inferenceConfig
	if (maxTokens === undefined || maxTokens >= rules.minOutputTokens) return
	throw new AwsFailure(
		"ValidationException",
		`The value of maxTokens must be at least ${String(rules.minOutputTokens)}.`,
	)
}
