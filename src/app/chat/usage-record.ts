import type { FailureRecord, UsageRecord } from "@bedrock-tiers/core"
import type { FailedAttempt } from "@bedrock-tiers/protocol"
import type { UsageChunk } from "../../api/index"

/** Usage record of a usage chunk. */
export function toUsageRecord(chunk: UsageChunk, id: string, at: Date): UsageRecord {
	const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens } = chunk
	const isReported = inputTokens !== null && outputTokens !== null
	return {
		id,
		at: at.toISOString(),
		modelId: chunk.modelId,
		baseModelId: chunk.baseModelId,
		modelNamedBy: chunk.modelNamedBy,
		region: chunk.region,
		route: chunk.route,
		requestedTier: chunk.requestedTier,
		servedTier: chunk.servedTier,
		notSentReason: chunk.notSentReason,
		usage: isReported
			? {
					inputTokens,
					outputTokens,
					cacheReadTokens: cacheReadTokens ?? 0,
					cacheWriteTokens: cacheWriteTokens ?? 0,
					...(cacheWrite1hTokens ? { cacheWrite1hTokens } : {}),
				}
			: null,
		billedTier: chunk.billedTier,
		basis: chunk.basis,
		lines: chunk.lines,
		totalUsd: chunk.totalCost,
		knownUsd: chunk.knownUsd,
		unpricedReason: chunk.unpricedReason,
		card: chunk.card,
		discountPercent: chunk.discountPercent,
		timing: chunk.timing,
	}
}

/** Failure record of a failed attempt. */
export function toFailureRecord({ at, code, outcome, sentTier }: FailedAttempt): FailureRecord {
	return { at: at ?? null, code, outcome, sentTier: sentTier ?? "default" }
}
