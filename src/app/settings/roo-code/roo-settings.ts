/**
 * Roo Code's settings of a Bedrock profile, as far as ours meet them; a structural type of our own, which a test holds
 * against the published one. Source: @roo-code/types 1.115.0, `providerSettingsSchema`.
 */
export type RooSettings = {
	apiProvider: "bedrock"
	/** A base id, or `custom-arn`. */
	apiModelId?: string
	awsCustomArn?: string
	awsRegion?: string
	awsUseCrossRegionInference?: boolean
	/** Wins over the other. */
	awsUseGlobalInference?: boolean
	awsBedrockServiceTier?: RooServiceTier
	awsUseApiKey?: boolean
	awsApiKey?: string
	awsUseProfile?: boolean
	awsProfile?: string
	awsAccessKey?: string
	awsSecretKey?: string
	awsSessionToken?: string
	awsBedrockEndpointEnabled?: boolean
	awsBedrockEndpoint?: string
	/** Absent = on. */
	awsUsePromptCache?: boolean
	enableReasoningEffort?: boolean
	reasoningEffort?: "low" | "medium" | "high"
	modelMaxThinkingTokens?: number
	modelMaxTokens?: number
	modelTemperature?: number | null
}
export type RooServiceTier = "STANDARD" | "FLEX" | "PRIORITY"
export type RooField = keyof RooSettings

/**
 * Why a setting could not be taken over as it is. `no-such-setting`: the other side has none. `differs`: it means
 * something else there. `not-valid`: it is none. `not-in-use`: it is stored and has no effect. `secret-left-out`: it was
 * not handed in, or is not there.
 */
export const SKIPPED_SETTING_CODES = [
	"no-such-setting",
	"differs",
	"not-valid",
	"not-in-use",
	"secret-left-out",
] as const

/** What could not be taken over. */
export type SkippedSetting = {
	readonly code: (typeof SKIPPED_SETTING_CODES)[number]
	/** Of the side that was read. */
	readonly field: string
	/** One English sentence, never with a secret in it. */
	readonly sentence: string
}
