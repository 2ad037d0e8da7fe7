import type { ProfileSettings } from "@bedrock-tiers/protocol"

/** What is to happen to the stored API key. The stored key itself is never here. */
export type ApiKeyEdit =
	{ readonly kind: "keep" } | { readonly kind: "replace"; readonly value: string } | { readonly kind: "remove" }

/** A profile's settings while they are being edited. */
export type SettingsDraft = {
	/** The host's settings when the editing began. */
	readonly base: ProfileSettings
	readonly edited: ProfileSettings
	readonly apiKey: ApiKeyEdit
}

export const KEEP_API_KEY: ApiKeyEdit = { kind: "keep" }

/** Settings are plain data in the order of one schema, so their text decides. */
export function sameSettings(one: ProfileSettings, other: ProfileSettings): boolean {
	return canonicalText(one) === canonicalText(other)
}

function canonicalText(value: unknown): string {
	return JSON.stringify(value, (_key, inner: unknown) =>
		typeof inner === "object" && inner !== null
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	)
}

export function sameApiKeyEdit(one: ApiKeyEdit, other: ApiKeyEdit): boolean {
	return one.kind === "replace" && other.kind === "replace" ? one.value === other.value : one.kind === other.kind
}

/** Whether saving would change anything. A replacement that is still empty changes nothing. */
export function isDirty(draft: SettingsDraft, stored: ProfileSettings): boolean {
	return !sameSettings(draft.edited, stored) || changesApiKey(draft.apiKey)
}

function changesApiKey(edit: ApiKeyEdit): boolean {
	return edit.kind === "remove" || (edit.kind === "replace" && edit.value.trim() !== "")
}

/** Whether the host's settings became different from what the editing began with and from what it came to. */
export function changedElsewhere(draft: SettingsDraft, stored: ProfileSettings): boolean {
	return !sameSettings(draft.base, stored) && !sameSettings(draft.edited, stored)
}

/** The `apiKey` member of a save message: absent = keep, null = remove. */
export function apiKeyMember(edit: ApiKeyEdit): { apiKey?: string | null } {
	if (edit.kind === "remove") return { apiKey: null }
	return edit.kind === "replace" && edit.value.trim() !== "" ? { apiKey: edit.value } : {}
}
