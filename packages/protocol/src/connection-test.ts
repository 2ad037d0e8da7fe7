import * as z from "zod/mini"
import { chatErrorSchema, usageRecordSchema } from "./view-state"

/** Token limit of the answer to a connection test: the minimum that every API accepts for every model. */
export const TEST_OUTPUT_TOKENS = 16

/** Result of sending a minimal request to Bedrock with a profile. */
export const connectionTestSchema = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("running") }),
	/** Bedrock accepted the request, which is billed. */
	z.strictObject({ kind: z.literal("answered"), request: usageRecordSchema }),
	z.strictObject({ kind: z.literal("failed"), error: chatErrorSchema }),
	z.strictObject({ kind: z.literal("stopped") }),
])
export type ConnectionTest = z.infer<typeof connectionTestSchema>
