import {
	priceRequest,
	type RequestTiming,
	type ServedTier,
	type ServiceTier,
	type TokenUsage,
} from "@bedrock-tiers/core"
import type { UsageChunk } from "../../../provider-contract"
import { invokedModel, type RequestPlan } from "../request-plan"

/** What Bedrock reported at the end of a request; all `null` when the request ended before that. */
export type ReportedUsage = {
	/** `null` when none was reported. */
	readonly usage: TokenUsage | null
	readonly servedTier: ServedTier | null
	readonly stopReason: string | null
	/** Model that a prompt router chose; `null` or absent when it is the one that was called. */
	readonly invokedModelId?: string | null
}

/** Builds the usage chunk of a request that Bedrock accepted. */
export function usageChunk(
	plan: RequestPlan,
	requestedTier: ServiceTier,
	reported: ReportedUsage,
	timing: RequestTiming | null,
): UsageChunk {
	const { usage } = reported
	const called = reported.invokedModelId ? invokedModel(plan, reported.invokedModelId) : plan
	const { totalUsd, ...cost } = priceRequest(
		{
			modelId: plan.typedModelId,
			baseModelId: called.baseModelId,
			region: called.region,
			route: called.route,
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
		timing,
		modelId: plan.bedrockModelId,
		baseModelId: called.baseModelId,
		modelNamedBy: called === plan ? plan.modelNamedBy : "account",
		region: called.region,
		route: called.route,
	}
}
