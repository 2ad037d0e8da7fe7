import type { ServiceTier } from "../tiers/service-tier"

/**
 * Request member of Converse and ConverseStream: `serviceTier: { type }`. Empty for `null`, because Standard is
 * requested by omitting the member. Source: Bedrock Runtime API, ConverseRequest (client-bedrock-runtime 3.1164).
 */
export function converseTierMember(sentTier: ServiceTier | null): { serviceTier?: { type: ServiceTier } } {
	return sentTier === null ? {} : { serviceTier: { type: sentTier } }
}

/**
 * Request member of InvokeModel and InvokeModelWithResponseStream: a string, which the SDK sends as the header
 * `X-Amzn-Bedrock-Service-Tier`. Empty for `null`. Source: Bedrock Runtime API, InvokeModelRequest
 * (client-bedrock-runtime 3.1164).
 */
export function invokeModelTierMember(sentTier: ServiceTier | null): { serviceTier?: ServiceTier } {
	return sentTier === null ? {} : { serviceTier: sentTier }
}
