import type { ModelInfo } from "@roo-code/types"

/** What a task reckons by itself where the provider names no cost. */
export function calculateApiCost(info: ModelInfo, inputTokens: number, outputTokens: number): number {
	return ((info.inputPrice ?? 0) * inputTokens + (info.outputPrice ?? 0) * outputTokens) / 1_000_000
}
