import type { ServiceTier } from "../tiers/service-tier"

/**
 * The member that Converse and ConverseStream carry: `serviceTier: { type }`. Nothing for `null`, which is how
 * Standard is asked for. Source: Bedrock Runtime API, ConverseRequest (client-bedrock-runtime 3.1164).
 */
export function converseTierMember(sentTier: ServiceTier | null): { serviceTier?: { type: ServiceTier } } {
	return sentTier === null ? {} : { serviceTier: { type: sentTier } }
}

/**
 * The member that InvokeModel and InvokeModelWithResponseStream take: a plain word, which the SDK sends as the header
 * `X-Amzn-Bedrock-Service-Tier`. Nothing for `null`. Source: Bedrock Runtime API, InvokeModelRequest
 * (client-bedrock-runtime 3.1164).
 */
export function invokeModelTierMember(sentTier: ServiceTier | null): { serviceTier?: ServiceTier } {
	return sentTier === null ? {} : { serviceTier: sentTier }
}
