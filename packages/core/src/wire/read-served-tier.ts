import type { ServedTier } from "../tiers/service-tier"

/**
 * Reads `serviceTier: { type }` from a ConverseResponse or from the stream's metadata event; `null` when Bedrock
 * reported no tier. Unknown values are preserved.
 */
export function readServedTier(response: {
	serviceTier?: { type?: string | undefined } | undefined
}): ServedTier | null {
	return response.serviceTier?.type || null
}

/**
 * Reads `serviceTier` of an InvokeModelResponse, which the SDK takes from the header `X-Amzn-Bedrock-Service-Tier`;
 * `null` when Bedrock reported no tier. Unknown values are preserved.
 */
export function readServedTierHeader(response: { serviceTier?: string | undefined }): ServedTier | null {
	return response.serviceTier || null
}
