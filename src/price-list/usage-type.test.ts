import { describe, expect, it } from "vitest"
import { parseUsageType } from "./usage-type"

/** Usage types from AWS's price list (2026), except where a title says that they are made up. */

function summarizeUsageType(usageType: string): string {
	const parsed = parseUsageType(usageType)
	if (parsed.kind === "left-out") return parsed.reason
	if (parsed.kind === "unknown-form") return "unknown form"
	const { modelName, direction, tier, meter, longContext } = parsed.usage
	return [modelName ?? "-", direction, tier, meter, ...(longContext ? ["long"] : [])].join(" ")
}

describe("parseUsageType with a usage type of the offer AmazonBedrock", () => {
	it.each([
		["USE1-Qwen3-32B-input-tokens", "Qwen3-32B input default regional"],
		["USE1-Qwen3-32B-input-tokens-flex", "Qwen3-32B input flex regional"],
		["USE1-Qwen3-32B-output-tokens-priority", "Qwen3-32B output priority regional"],
		["EU-gpt-oss-120b-output-tokens", "gpt-oss-120b output default regional"],
		["USE1-qwen.qwen3-32b-mantle-input-tokens-standard", "qwen.qwen3-32b input default regional"],
		["USE1-qwen.qwen3-32b-mantle-output-tokens-priority", "qwen.qwen3-32b output priority regional"],
		["USW2-moonshotai.kimi-k3-mantle-input-tokens-global-standard", "moonshotai.kimi-k3 input default global"],
		["USW2-moonshotai.kimi-k3-mantle-input-tokens-global-flex", "moonshotai.kimi-k3 input flex global"],
		["USE1-nvidia.nemotron-super-3-120b-input-tokens-flex", "nvidia.nemotron-super-3-120b input flex regional"],
		["USE1-Nova2.0Lite-output-tokens-flex-cross-region-global", "Nova2.0Lite output flex global"],
		["USW2-Nova2.0Lite-input-tokens-priority-cross-region-global", "Nova2.0Lite input priority global"],
		["USE1-Nova2.0Pro-text-input-tokens-priority-cross-region-global", "Nova2.0Pro input priority global"],
		["USE1-NovaPro-cache-read-input-token-count", "NovaPro cacheRead default regional"],
		["USE1-Nova2.0Lite-cache-write-input-token-count-flex", "Nova2.0Lite cacheWrite flex regional"],
		["USE1-xai.grok-4.3-mantle-cache-read-tokens-flex", "xai.grok-4.3 cacheRead flex regional"],
		[
			"USW2-moonshotai.kimi-k3-mantle-cache-write-tokens-30m-standard",
			"moonshotai.kimi-k3 cacheWrite default regional",
		],
		[
			"USE1-anthropic.claude-haiku-4-5-mantle-cache-write-tokens-1h-standard",
			"anthropic.claude-haiku-4-5 cacheWrite1h default regional",
		],
		[
			"UGW1-openai.gpt-5.6-terra-mantle-input-tokens-long-ctx-standard",
			"openai.gpt-5.6-terra input default regional long",
		],
	])("parses %s as: %s", (usageType, expected) => {
		expect(summarizeUsageType(usageType)).toBe(expected)
	})
})

describe("parseUsageType with a usage type of the offer AmazonBedrockFoundationModels, which has no model name", () => {
	it.each([
		["USW2-MP:USW2_InputTokenCount_Global-Units", "- input default global"],
		["USE1-MP:USE1_InputTokenCount-Units", "- input default regional"],
		["USE1-MP:USE1_OutputTokenCount_Geo-Units", "- output default geo"],
		["USE1-MP:USE1_CacheReadInputTokenCount_Global-Units", "- cacheRead default global"],
		["USE1-MP:USE1_CacheWriteInputTokenCount-Units", "- cacheWrite default regional"],
		["USW2-MP:USW2_CacheWrite1hInputTokenCount_Global-Units", "- cacheWrite1h default global"],
		["USW2-MP:USW2_InputTokenCount_LCtx_Global-Units", "- input default global long"],
		["USW2-MP:USW2_input_tokens_standard-Units", "- input default regional"],
		["USW2-MP:USW2_output_tokens_global_standard-Units", "- output default global"],
		["USW2-MP:USW2_cache_write_tokens_1h_standard-Units", "- cacheWrite1h default regional"],
		["USW2-MP:USW2_cache_write_tokens_5m_standard-Units", "- cacheWrite default regional"],
		["USW2-MP:USW2_cache_read_tokens_long_ctx_global_standard-Units", "- cacheRead default global long"],
	])("parses %s as: %s", (usageType, expected) => {
		expect(summarizeUsageType(usageType)).toBe(expected)
	})
})

describe("parseUsageType with a usage type that is not a token price of this project", () => {
	it.each([
		["USE1-Qwen3-32B-input-tokens-batch", "batch"],
		["USE1-MP:USE1_InputTokenCount_Global_Batch-Units", "batch"],
		["APN1-MP:APN1_MillionBatchInputTokens-Units", "batch"],
		["USE1-Nova2.0Lite-input-tokens-cross-region-global-batch", "batch"],
		["USE1-NovaPro-input-tokens-latency-optimized", "latency-optimized"],
		["USW2-MP:USW2_OutputTokenCount_LatencyOptimized-Units", "latency-optimized"],
		["USE1-Nova2.0Lite-output-tokens-custom-model", "custom-model"],
		["USE1-NovaPro-Customization-Training", "custom-model"],
		["USE1-Nova2.0Lite-RFT-Training-Hour", "custom-model"],
		["USE1-MP:USE1_ProvisionedThroughput_NoCommit_ModelUnits_Usage-Units", "provisioned-throughput"],
		["USW2-MP:USW2_Reserved_1Month_InputTPM_Geo-Units", "reserved"],
		["USE1-anthropic.claude-opus-5-5-reserved-1-month-input-tokens-per-minute", "reserved"],
		["USE1-Nova2.0Pro-input-image-token-count-cross-region-global", "not-text"],
		["USE1-Nova2.0Omni-input-audio-token-count", "not-text"],
		["USE1-NovaSonic-speech-input-tokens", "not-text"],
		["USE1-Guardrail-ContextualGroundingPolicyUnitsConsumed", "not-tokens"],
		["USE1-cohere.rerank-english-v3-search-units", "not-tokens"],
	])("leaves out %s with the reason %s", (usageType, reason) => {
		expect(summarizeUsageType(usageType)).toBe(reason)
	})
})

describe("parseUsageType with a made-up usage type of unknown form", () => {
	it.each([
		"USE1-Qwen3-32B-input-tokens-ultrafast",
		"USE1-Qwen3-32B-input-tokens-flex-priority",
		"USE1-Qwen3-32B-input-tokens-cross-region",
		"USE1-Qwen3-32B-cache-read-output-tokens",
		"USE1-Qwen3-32B-thinking-tokens",
		"USE1-MP:USE1_InputTokenCount_Quantum-Units",
		"USE1-output-tokens-cross-region-global",
		"tokens",
	])("reports %s as an unknown form", (usageType) => {
		expect(summarizeUsageType(usageType)).toBe("unknown form")
	})
})
