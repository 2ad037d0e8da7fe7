import { t } from "@bedrock-tiers/core"
import type * as z from "zod/mini"

export type Received<T> =
	| { readonly ok: true; readonly message: T }
	| {
			readonly ok: false
			/** The message's own id, where it has one that can be read. */
			readonly requestId: string | null
			/** Path of the first field that is wrong, as "settings.region"; empty = the whole message. */
			readonly field: string
			readonly problem: string
	  }

/** Checks a foreign value against a schema. Names the field that does not fit, never its value: it may be a secret. */
export function receive<T>(schema: z.ZodMiniType<T>, value: unknown): Received<T> {
	const parsed = schema.safeParse(value)
	if (parsed.success) return { ok: true, message: parsed.data }
	const issue = parsed.error.issues[0]
	const field = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])]
	return {
		ok: false,
		requestId: readRequestId(value),
		field: field.join("."),
		problem: issue?.message ?? t("does not fit"),
	}
}

function readRequestId(value: unknown): string | null {
	const id = typeof value === "object" && value !== null ? (value as { requestId?: unknown }).requestId : undefined
	return typeof id === "string" ? id : null
}
