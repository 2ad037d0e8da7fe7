import { textDetail } from "@bedrock-tiers/error-details"
import type { TierRefusal } from "./refusals"
import type { ProfileSettings } from "./settings"
import type { ChatMessage } from "./view-state"

/**
 * Members and values of stored files that differ from those in code. Stored names do not change, so that a window with
 * an earlier version of the extension can read what this version writes.
 */

export const fromStoredMessage = (value: unknown): unknown =>
	withDetails(withKnownErrorCode(renameMember(value, "askedTier", "requestedTier")))
export const toStoredMessage = (message: ChatMessage): unknown => renameMember(message, "requestedTier", "askedTier")

export const fromStoredRefusal = (value: unknown): unknown => renameMember(value, "asked", "tierRequest")
export const toStoredRefusal = (refusal: TierRefusal): unknown => renameMember(refusal, "tierRequest", "asked")

export const fromStoredProfileSettings = (value: unknown): unknown => renameMember(value, "standsFor", "declaredModels")
export const toStoredProfileSettings = (settings: ProfileSettings): unknown =>
	renameMember(settings, "declaredModels", "standsFor")

function renameMember(value: unknown, from: string, to: string): unknown {
	if (typeof value !== "object" || value === null || !Object.hasOwn(value, from)) return value
	const { [from]: member, ...others } = value as Readonly<Record<string, unknown>>
	return { ...others, [to]: member }
}

/** An answer whose error has a code that no longer exists keeps the error's text. */
function withKnownErrorCode(value: unknown): unknown {
	const { error } = (value ?? {}) as { readonly error?: { readonly code?: unknown } | null }
	if (error?.code !== "tier-not-offered") return value
	return { ...(value as object), error: { ...error, code: "unknown" } }
}

/** Errors and failed attempts of earlier versions have a text in the language of that time instead of details. */
function withDetails(value: unknown): unknown {
	if (typeof value !== "object" || value === null) return value
	const { error, failedAttempts } = value as { readonly error?: unknown; readonly failedAttempts?: unknown }
	return {
		...value,
		...(error ? { error: fromStoredError(error) } : {}),
		...(Array.isArray(failedAttempts) ? { failedAttempts: failedAttempts.map(fromStoredError) } : {}),
	}
}

/** Also used for the failed background requests of a chat. */
export function fromStoredError(value: unknown): unknown {
	if (typeof value !== "object" || value === null || !Object.hasOwn(value, "message")) return value
	const { message, ...others } = value as { readonly message: unknown }
	return typeof message === "string" ? { ...others, details: message === "" ? [] : [textDetail(message)] } : value
}
