import type { ModelInfo } from "../model.js"

export type BedrockModelId = keyof typeof bedrockModels

export const bedrockDefaultModelId: BedrockModelId = "anthropic.claude-sonnet-4-5-20250929-v1:0"

export const bedrockModels = {
	"amazon.nova-lite-v1:0": {
		maxTokens: 5_000,
		contextWindow: 300_000,
		supportsPromptCache: true,
		inputPrice: 0.06,
		outputPrice: 0.24,
	},
	"amazon.nova-pro-v1:0": {
		maxTokens: 5_000,
		contextWindow: 300_000,
		supportsPromptCache: true,
		inputPrice: 0.8,
		outputPrice: 3.2,
	},
	"openai.gpt-oss-120b-1:0": {
		maxTokens: 8_000,
		contextWindow: 128_000,
		supportsPromptCache: false,
		inputPrice: 0.15,
		outputPrice: 0.6,
	},
	"anthropic.claude-sonnet-4-5-20250929-v1:0": {
		maxTokens: 8_000,
		contextWindow: 200_000,
		supportsPromptCache: true,
		inputPrice: 3,
		outputPrice: 15,
	},
	"anthropic.claude-3-5-sonnet-20241022-v2:0": {
		maxTokens: 8_000,
		contextWindow: 200_000,
		supportsPromptCache: true,
		inputPrice: 3,
		outputPrice: 15,
	},
} as const satisfies Record<string, ModelInfo>

export const AWS_INFERENCE_PROFILE_MAPPING: Array<[string, string]> = [
	["ap-northeast-", "jp."],
	["us-", "us."],
	["eu-", "eu."],
]

export const BEDROCK_REGIONS = ["eu-west-2", "us-east-1", "us-west-2"]

export const BEDROCK_1M_CONTEXT_MODEL_IDS = ["anthropic.claude-sonnet-4-5-20250929-v1:0"] as const

export const BEDROCK_GLOBAL_INFERENCE_MODEL_IDS = ["anthropic.claude-sonnet-4-5-20250929-v1:0"] as const

export type BedrockServiceTier = "STANDARD" | "FLEX" | "PRIORITY"

// Written down by hand: the first of them takes no tier at all.
export const BEDROCK_SERVICE_TIER_MODEL_IDS = [
	"amazon.nova-lite-v1:0",
	// Another one.
	"amazon.nova-pro-v1:0",
] as const

// The same for every model.
export const BEDROCK_SERVICE_TIER_PRICING = {
	STANDARD: 1.0,
	FLEX: 0.5, // half
	PRIORITY: 1.75,
} as const
