import type { ErrorDetail } from "@bedrock-tiers/error-details"

/**
 * Roo Code's settings of a Bedrock profile, limited to those that correspond to our settings. A test compares this type
 * with the published one. Source: @roo-code/types 1.115.0, `providerSettingsSchema`.
 */
export type RooSettings = {
	apiProvider: "bedrock"
	/** A base model id, or `custom-arn`. */
	apiModelId?: string
	awsCustomArn?: string
	awsRegion?: string
	awsUseCrossRegionInference?: boolean
	/** Takes precedence over `awsUseCrossRegionInference`. */
	awsUseGlobalInference?: boolean
	awsBedrockServiceTier?: "STANDARD" | "FLEX" | "PRIORITY"
	awsUseApiKey?: boolean
	awsApiKey?: string
	awsUseProfile?: boolean
	awsProfile?: string
	awsAccessKey?: string
	awsSecretKey?: string
	awsSessionToken?: string
	awsBedrockEndpointEnabled?: boolean
	awsBedrockEndpoint?: string
	/** On when absent. */
	awsUsePromptCache?: boolean
	enableReasoningEffort?: boolean
	reasoningEffort?: "low" | "medium" | "high"
	modelMaxThinkingTokens?: number
	modelMaxTokens?: number
	modelTemperature?: number | null
}

/** A setting that was skipped or changed by the conversion. */
export type SkippedSetting = {
	/**
	 * Why it was not converted unchanged. `no-such-setting`: the target has no such setting. `differs`: it has a
	 * different effect in the target. `not-valid`: the value is invalid. `not-in-use`: it is stored but has no effect.
	 * `secret-left-out`: the secret was not passed, or is missing.
	 */
	readonly code: "no-such-setting" | "differs" | "not-valid" | "not-in-use" | "secret-left-out"
	/** Name of the field in the source. */
	readonly field: string
	/** Never contains a secret. */
	readonly detail: ErrorDetail
}
