import { randomUUID } from "node:crypto"
import {
	priceRequest,
	type RequestTiming,
	type ServedTier,
	type ServiceTier,
	type TokenUsage,
	type UsageRecord,
} from "@bedrock-tiers/core"
import type { UsageChunk } from "../../../provider-contract"
import { invokedModel, type RequestPlan } from "../request-plan"

/** What Bedrock reported at the end of a request; all `null` when the request ended before that. */
export type ReportedUsage = {
	/** `null` when none was reported. */
	readonly usage: TokenUsage | null
	readonly servedTier: ServedTier | null
	readonly stopReason: string | null
	/** Model that a prompt router chose; absent when it is the one that was called. */
	readonly invokedModelId?: string | undefined
}

/** Builds the usage chunk of a request that Bedrock accepted. */
export function usageChunk(
	plan: RequestPlan,
	requestedTier: ServiceTier,
	reported: ReportedUsage,
	timing: RequestTiming | null,
): UsageChunk {
	const called = reported.invokedModelId ? invokedModel(plan, reported.invokedModelId) : plan
	const { baseModelId, region, route } = called
	const { usage, servedTier, stopReason } = reported
	const { sentTier, notSentReason } = plan.tier
	const cost = priceRequest(
		{ modelId: plan.typedModelId, baseModelId, region, route, sentTier, servedTier, usage },
		plan.pricing,
	)
	const record = {
		id: randomUUID(),
		at: new Date().toISOString(),
		modelId: plan.bedrockModelId,
		baseModelId,
		modelNamedBy: called === plan ? plan.modelNamedBy : "account",
		region,
		route,
		requestedTier,
		servedTier,
		notSentReason,
		usage,
		timing,
		...cost,
	} satisfies UsageRecord
	return { type: "usage", record, stopReason }
}
