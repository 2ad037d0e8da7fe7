import type { ErrorDetail } from "@bedrock-tiers/error-details"
import type * as z from "zod/mini"
import { issueDetail } from "./problem"

export type Received<T> =
	| { readonly ok: true; readonly message: T }
	| {
			readonly ok: false
			/** Id of the message; `null` when it has no readable id. */
			readonly requestId: string | null
			/** Path of the first invalid field, for example "settings.region"; empty for the whole message. */
			readonly field: string
			readonly details: readonly [ErrorDetail]
	  }

/** Validates an untrusted value. The error names the invalid field, never its value, which may be a secret. */
export function receive<T>(schema: z.ZodMiniType<T>, value: unknown): Received<T> {
	const parsed = schema.safeParse(value)
	if (parsed.success) return { ok: true, message: parsed.data }
	const issue = parsed.error.issues[0]
	const field = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])]
	return {
		ok: false,
		requestId: readRequestId(value),
		field: field.join("."),
		details: [issueDetail(issue)],
	}
}

function readRequestId(value: unknown): string | null {
	const id = typeof value === "object" && value !== null ? (value as { requestId?: unknown }).requestId : undefined
	return typeof id === "string" ? id : null
}
