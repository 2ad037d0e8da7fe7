import { z } from "zod"

import { providerIdentifiers } from "../provider-identifiers.js"

export const bedrockProviderDefinition = {
	apiProvider: providerIdentifiers.bedrock,
	schema: {
		apiModelId: z.string().optional(),
		awsAccessKey: z.string().optional(),
		awsSecretKey: z.string().optional(),
		awsRegion: z.string().optional(),
		awsUseCrossRegionInference: z.boolean().optional(),
		awsUseGlobalInference: z.boolean().optional(),
		awsCustomArn: z.string().optional(),
		awsBedrockEndpointEnabled: z.boolean().optional(),
		awsBedrockEndpoint: z.string().optional(),
		awsBedrockServiceTier: z.enum(["STANDARD", "FLEX", "PRIORITY"]).optional(), // How fast, at what price.
	},
}
