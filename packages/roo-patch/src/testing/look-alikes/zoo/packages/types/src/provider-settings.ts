import { z } from "zod"

import { providerIdentifiers } from "./provider-identifiers.js"
import { bedrockProviderDefinition } from "./provider-settings/bedrock.js"

export const providerSettingsSchema = z.object({
	...bedrockProviderDefinition.schema,
	apiProvider: z.enum(providerIdentifiers).optional(),
})

export type ProviderSettings = z.infer<typeof providerSettingsSchema>
