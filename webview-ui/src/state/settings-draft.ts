import { UNIT_PRICE_KEYS, type OwnPrice } from "@bedrock-tiers/core"
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
	/** What was typed into number fields and is no number that fits, by path: kept as typed, never a setting. */
	readonly unreadable: Readonly<Record<string, string>>
}

export const KEEP_API_KEY: ApiKeyEdit = { kind: "keep" }

/** The draft of settings that nobody touched yet. */
export function newDraft(stored: ProfileSettings): SettingsDraft {
	return { base: stored, edited: stored, apiKey: KEEP_API_KEY, unreadable: {} }
}

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

/** Whether there is nothing to lose: no change, and no text that waits to become one. */
export function isUntouched(draft: SettingsDraft, stored: ProfileSettings): boolean {
	return !isDirty(draft, stored) && draft.apiKey.kind === "keep" && Object.keys(draft.unreadable).length === 0
}

/** Whether the draft can be saved as it is. Not with text that is no number, nor with an own price that names none. */
export function isSavable({ edited, unreadable }: SettingsDraft): boolean {
	return Object.keys(unreadable).length === 0 && !edited.ownPrices.some(isEmptyPrice)
}

export function withUnreadable(draft: SettingsDraft, path: string, text: string): SettingsDraft {
	return { ...draft, unreadable: { ...draft.unreadable, [path]: text } }
}

export function withoutUnreadable(draft: SettingsDraft, path: string): SettingsDraft {
	const { [path]: _text, ...unreadable } = draft.unreadable
	return { ...draft, unreadable }
}

/** It would take the list's prices away and put nothing in their place. */
export function isEmptyPrice(price: OwnPrice): boolean {
	return UNIT_PRICE_KEYS.every((key) => price[key] === null)
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
