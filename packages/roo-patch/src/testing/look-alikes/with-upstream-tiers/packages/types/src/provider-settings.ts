import { z } from "zod"

const apiModelIdProviderModelSchema = z.object({ apiModelId: z.string().optional() })

const bedrockSchema = apiModelIdProviderModelSchema.extend({
	awsAccessKey: z.string().optional(),
	awsSecretKey: z.string().optional(),
	awsRegion: z.string().optional(),
	awsUseCrossRegionInference: z.boolean().optional(),
	awsUseGlobalInference: z.boolean().optional(),
	awsCustomArn: z.string().optional(),
	awsBedrockEndpointEnabled: z.boolean().optional(),
	awsBedrockEndpoint: z.string().optional(), // Somewhere between the host and Bedrock.
	awsBedrockServiceTier: z.enum(["STANDARD", "FLEX", "PRIORITY"]).optional(), // How fast, at what price.
})

export const providerSettingsSchema = bedrockSchema.extend({ apiProvider: z.enum(["anthropic", "bedrock"]).optional() })

export type ProviderSettings = z.infer<typeof providerSettingsSchema>
