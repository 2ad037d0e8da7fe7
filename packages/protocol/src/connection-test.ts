import { SERVICE_TIERS } from "@bedrock-tiers/core"
import * as z from "zod/mini"
import { chatErrorSchema, usageRecordSchema } from "./view-state"

/** Of an answer to a test: the least that every API takes for every model. */
export const TEST_OUTPUT_TOKENS = 16

/** What came of asking Bedrock the smallest question by a profile. */
export const connectionTestSchema = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("running") }),
	/** Bedrock took the request, which is billed. */
	z.strictObject({ kind: z.literal("answered"), request: usageRecordSchema }),
	z.strictObject({
		kind: z.literal("failed"),
		error: chatErrorSchema,
		/** What the last attempt asked for; null = nothing was sent. */
		sentTier: z.nullable(z.enum(SERVICE_TIERS)),
	}),
	z.strictObject({ kind: z.literal("stopped") }),
])
export type ConnectionTest = z.infer<typeof connectionTestSchema>
