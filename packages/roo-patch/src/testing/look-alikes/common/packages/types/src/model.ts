import { z } from "zod"

export const modelInfoSchema = z.object({
	maxTokens: z.number().nullish(),
	contextWindow: z.number(),
	supportsPromptCache: z.boolean(),
	inputPrice: z.number().optional(),
	outputPrice: z.number().optional(),
	cacheWritesPrice: z.number().optional(),
	cacheReadsPrice: z.number().optional(),
})

export type ModelInfo = z.infer<typeof modelInfoSchema>
