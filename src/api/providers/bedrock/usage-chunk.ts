import type { TokenUsage as BedrockTokenUsage } from "@aws-sdk/client-bedrock-runtime"
import { priceRequest, type ServedTier, type ServiceTier, type TokenUsage } from "@bedrock-tiers/core"
import type { UsageChunk } from "../../provider-contract"
import type { RequestPlan } from "./request-plan"

/** What Bedrock reported at the end of a request; both null when it ended before that. */
export type ReportedUsage = {
	readonly usage: BedrockTokenUsage | undefined
	readonly servedTier: ServedTier | null
	readonly stopReason: string | null
}

/** The one usage chunk of a request that Bedrock accepted. */
export function usageChunk(plan: RequestPlan, requestedTier: ServiceTier, reported: ReportedUsage): UsageChunk {
	const usage = toTokenUsage(reported.usage)
	const { totalUsd, ...cost } = priceRequest(
		{
			modelId: plan.typedModelId,
			baseModelId: plan.baseModelId,
			region: plan.region,
			route: plan.route,
			sentTier: plan.tier.sentTier,
			servedTier: reported.servedTier,
			usage,
		},
		plan.pricing,
	)
	return {
		type: "usage",
		inputTokens: usage?.inputTokens ?? null,
		outputTokens: usage?.outputTokens ?? null,
		cacheReadTokens: usage?.cacheReadTokens ?? null,
		cacheWriteTokens: usage?.cacheWriteTokens ?? null,
		cacheWrite1hTokens: usage?.cacheWrite1hTokens ?? null,
		totalCost: totalUsd,
		...cost,
		requestedTier,
		servedTier: reported.servedTier,
		notSentReason: plan.tier.notSentReason,
		stopReason: reported.stopReason,
		modelId: plan.bedrockModelId,
		baseModelId: plan.baseModelId,
		region: plan.region,
		route: plan.route,
	}
}

/** Converse's `inputTokens` holds uncached tokens only, and `cacheDetails` says which writes are for how long. */
function toTokenUsage(usage: BedrockTokenUsage | undefined): TokenUsage | null {
	if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return null
	return {
		inputTokens: usage.inputTokens,
		outputTokens: usage.outputTokens,
		cacheReadTokens: usage.cacheReadInputTokens ?? 0,
		cacheWriteTokens: usage.cacheWriteInputTokens ?? 0,
		cacheWrite1hTokens: (usage.cacheDetails ?? [])
			.filter(({ ttl }) => ttl === "1h")
			.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0),
	}
}
