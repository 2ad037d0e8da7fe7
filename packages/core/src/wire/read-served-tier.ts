import type { ServedTier } from "../tiers/service-tier"

/**
 * Reads `serviceTier: { type }` from a ConverseResponse or from the stream's metadata event; null when Bedrock
 * reported none. Words that we do not know are kept.
 */
export function readServedTier(answer: { serviceTier?: { type?: string | undefined } | undefined }): ServedTier | null {
	return answer.serviceTier?.type || null
}

/**
 * Reads `serviceTier` of an InvokeModelResponse, which the SDK takes from the header `X-Amzn-Bedrock-Service-Tier`; null
 * when Bedrock reported none. Words that we do not know are kept.
 */
export function readServedTierHeader(answer: { serviceTier?: string | undefined }): ServedTier | null {
	return answer.serviceTier || null
}
