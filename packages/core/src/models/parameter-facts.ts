/* eslint-disable bedrock-tiers/untranslated-text -- names of sources for developers, which are never displayed */
import type { BedrockApi } from "../tiers/service-tier"

export const REQUEST_PARAMETERS = [
	"temperature",
	"topP",
	"stopSequences",
	"maxTokens",
	"systemPrompt",
	"tools",
	"toolChoice",
	"images",
	"imagesInToolResults",
	"documents",
	"thinking",
] as const
export type RequestParameter = (typeof REQUEST_PARAMETERS)[number]

/** Parameters without which a request can still be sent. */
export const OMITTABLE_PARAMETERS = [
	"temperature",
	"maxTokens",
	"thinking",
	"tools",
	"toolChoice",
	"systemPrompt",
	"images",
] as const
export type OmittableParameter = (typeof OMITTABLE_PARAMETERS)[number]

/** What AWS documents, what was recorded live, or what users of comparable tools reported. */
export type ParameterSource = { readonly document: string; readonly checkedOn: string }

export type ParameterFact = {
	/** A base model id matches when it starts with one of these. */
	readonly models: readonly string[]
	/** The APIs for which the fact is established. */
	readonly apis: readonly BedrockApi[]
	readonly parameters: Partial<Record<RequestParameter, "yes" | "no" | "unknown">>
	/** Tokens. Bedrock refuses a smaller output limit. */
	readonly minOutputTokens?: number
	readonly source: ParameterSource
}

const EVERY_API = ["converse", "invoke-model", "chat-completions"] as const
const CONVERSE = ["converse"] as const
const NO_SAMPLING = { temperature: "no", topP: "no" } as const
const NO_SAMPLING_OR_STOP = { ...NO_SAMPLING, stopSequences: "no" } as const
const WITH_TOOLS = { maxTokens: "yes", tools: "yes", toolChoice: "yes" } as const
const NOVA_AND_CLAUDE = ["anthropic.", "amazon.nova-"] as const

const RECORDED: ParameterSource = { document: "Recorded live answers of Converse", checkedOn: "2026-11-30" }
const MEASURED: ParameterSource = {
	document: "Public table of measured answers of Converse in ap-northeast-1, one parameter at a time",
	checkedOn: "2026-12-01",
}
const CONVERSE_FEATURES: ParameterSource = {
	document: "AWS user guide, supported models and model features of Converse; API reference, InferenceConfiguration",
	checkedOn: "2026-12-01",
}
const CLAUDE_GUIDE: ParameterSource = {
	document: "AWS user guide, Claude model parameters and adaptive thinking",
	checkedOn: "2026-10-01",
}
const REPORTED: ParameterSource = { document: "Public reports about Converse", checkedOn: "2026-11-30" }
const REPORTED_VERBATIM: ParameterSource = {
	document: "Public reports about Converse that quote the message",
	checkedOn: "2026-12-01",
}

/** Facts by model family. Where two facts name the same parameter, the later one is the exception and wins. */
export const PARAMETER_FACTS: readonly ParameterFact[] = [
	{ models: [""], apis: EVERY_API, parameters: { imagesInToolResults: "no" }, source: REPORTED },
	{ models: NOVA_AND_CLAUDE, apis: EVERY_API, parameters: { imagesInToolResults: "yes" }, source: REPORTED },
	{
		models: NOVA_AND_CLAUDE,
		apis: CONVERSE,
		parameters: {
			temperature: "yes",
			topP: "yes",
			stopSequences: "yes",
			systemPrompt: "yes",
			documents: "yes",
			...WITH_TOOLS,
		},
		source: CONVERSE_FEATURES,
	},
	{
		models: ["amazon.nova-micro-"],
		apis: CONVERSE,
		parameters: { documents: "no" },
		source: CONVERSE_FEATURES,
	},
	{
		models: [
			"anthropic.claude-opus-4-7",
			"anthropic.claude-opus-4-8",
			"anthropic.claude-opus-5",
			"anthropic.claude-sonnet-5",
			"anthropic.claude-haiku-5-5",
			"anthropic.claude-fable-5",
		],
		apis: EVERY_API,
		parameters: NO_SAMPLING,
		source: CLAUDE_GUIDE,
	},
	{ models: ["openai.gpt-5.6-", "openai.gpt-6-"], apis: CONVERSE, parameters: WITH_TOOLS, source: MEASURED },
	{
		models: ["openai.gpt-5.6-"],
		apis: CONVERSE,
		parameters: NO_SAMPLING_OR_STOP,
		minOutputTokens: 16,
		source: RECORDED,
	},
	{ models: ["openai.gpt-6-"], apis: CONVERSE, parameters: NO_SAMPLING_OR_STOP, source: MEASURED },
	{
		models: ["openai.gpt-oss-120b", "openai.gpt-oss-20b"],
		apis: CONVERSE,
		parameters: { temperature: "yes", topP: "yes", stopSequences: "no", ...WITH_TOOLS },
		source: MEASURED,
	},
	{
		models: ["xai.grok-"],
		apis: CONVERSE,
		parameters: { documents: "no" },
		minOutputTokens: 16,
		source: REPORTED_VERBATIM,
	},
	{ models: ["xai.grok-4.6"], apis: CONVERSE, parameters: NO_SAMPLING, source: REPORTED_VERBATIM },
	{
		models: ["moonshotai.kimi-k3"],
		apis: CONVERSE,
		parameters: { temperature: "no", documents: "no" },
		source: REPORTED_VERBATIM,
	},
	{
		models: ["zai.glm-4.7", "zai.glm-5"],
		apis: CONVERSE,
		parameters: { stopSequences: "no" },
		source: REPORTED_VERBATIM,
	},
	{
		models: ["zai.glm-5"],
		apis: CONVERSE,
		parameters: { images: "no", documents: "no" },
		source: REPORTED_VERBATIM,
	},
	{ models: ["qwen.qwen3-32b"], apis: CONVERSE, parameters: { stopSequences: "no" }, source: REPORTED_VERBATIM },
	{
		models: ["deepseek.r1"],
		apis: CONVERSE,
		parameters: { tools: "no", toolChoice: "no" },
		source: REPORTED_VERBATIM,
	},
]
