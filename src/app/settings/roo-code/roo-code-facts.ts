import type { SelectableTier } from "@bedrock-tiers/core"
import type { RooSettings } from "./roo-settings"

/**
 * How Roo Code handles Bedrock model ids. Sources: @roo-code/types 1.115.0, which a test compares with this file, and
 * the Bedrock handler of Roo Code 3.52.1.
 */

/** Models of our catalog that Roo Code knows. For any other model it calls Claude Sonnet 4.5. */
export const ROO_MODEL_IDS: readonly string[] = [
	"amazon.nova-2-lite-v1:0",
	"amazon.nova-lite-v1:0",
	"amazon.nova-micro-v1:0",
	"amazon.nova-pro-v1:0",
	"anthropic.claude-haiku-4-5-20251001-v1:0",
	"anthropic.claude-opus-4-5-20251101-v1:0",
	"anthropic.claude-opus-4-6-v1",
	"anthropic.claude-sonnet-4-5-20250929-v1:0",
	"anthropic.claude-sonnet-4-6",
	"deepseek.r1-v1:0",
	"minimax.minimax-m2",
	"moonshot.kimi-k2-thinking",
	"openai.gpt-oss-120b-1:0",
	"openai.gpt-oss-20b-1:0",
	"qwen.qwen3-coder-480b-a35b-v1:0",
	"qwen.qwen3-next-80b-a3b",
]

/** Models that Roo Code calls through the global profile. For any other model it ignores the setting. */
export const ROO_GLOBAL_MODEL_IDS: readonly string[] = [
	"anthropic.claude-haiku-4-5-20251001-v1:0",
	"anthropic.claude-opus-4-5-20251101-v1:0",
	"anthropic.claude-opus-4-6-v1",
	"anthropic.claude-sonnet-4-20250514-v1:0",
	"anthropic.claude-sonnet-4-5-20250929-v1:0",
	"anthropic.claude-sonnet-4-6",
]

/**
 * Prefix of the geographic profile by region prefix; the first match applies. AWS does not have all of these profiles.
 */
const ROO_PREFIXES: readonly (readonly [regionPrefix: string, profilePrefix: string])[] = [
	["ap-southeast-2", "au."],
	["ap-southeast-4", "au."],
	["ap-northeast-", "jp."],
	["us-gov-", "ug."],
	["us-", "us."],
	["eu-", "eu."],
	["ap-", "apac."],
	["ca-", "ca."],
	["sa-", "sa."],
]

/** Prefix that Roo Code adds to a model id for a geographic profile; empty when it adds none. */
export function rooPrefix(region: string): string {
	return ROO_PREFIXES.find(([regionPrefix]) => region.startsWith(regionPrefix))?.[1] ?? ""
}

/** Whether Roo Code accepts the ARN: its resource name must not contain a slash. */
export function isArnForRoo(arn: string): boolean {
	return /^arn:[^:]+:(bedrock|sagemaker):[^:]+:[^:]*:[^/]+\/[\w.:-]+$/.test(arn)
}

/** Temperature that Roo Code sends when none is set, or 0. */
export const ROO_TEMPERATURE = 0.3

/** Roo Code's words for the tiers. */
export const ROO_TIERS: Readonly<Record<SelectableTier, NonNullable<RooSettings["awsBedrockServiceTier"]>>> = {
	default: "STANDARD",
	flex: "FLEX",
	priority: "PRIORITY",
}
