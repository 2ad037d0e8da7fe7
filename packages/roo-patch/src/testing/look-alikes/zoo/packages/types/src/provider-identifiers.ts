export const providerIdentifiers = {
	anthropic: "anthropic",
	bedrock: "bedrock",
} as const
