import type { ErrorDetail } from "@bedrock-tiers/error-details"
import * as z from "zod/mini"

/** Any code is valid, because a newer version may have stored it. */
const errorDetailSchema: z.ZodMiniType<ErrorDetail> = z.strictObject({
	code: z.string(),
	params: z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => errorDetailsSchema)])),
})
export const errorDetailsSchema = z.readonly(z.array(errorDetailSchema))
