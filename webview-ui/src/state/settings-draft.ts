import { UNIT_PRICE_KEYS, type OwnPrice } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import { changesSecrets, KEEP_SECRET, keepsSecrets, staticKeysIncomplete, type SecretsDraft } from "./secret-edit"

/** A profile's settings while they are being edited. */
export type SettingsDraft = SecretsDraft & {
	/** The host's settings when the editing began. */
	readonly base: ProfileSettings
	readonly edited: ProfileSettings
	/** What was typed into number fields and is no number that fits, by path: kept as typed, never a setting. */
	readonly unreadable: Readonly<Record<string, string>>
}

/** The draft of settings that nobody touched yet. */
export function newDraft(stored: ProfileSettings): SettingsDraft {
	return { base: stored, edited: stored, apiKey: KEEP_SECRET, staticKeys: KEEP_SECRET, unreadable: {} }
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

/** Whether saving would change anything. A replacement that is still empty changes nothing. */
export function isDirty(draft: SettingsDraft, stored: ProfileSettings): boolean {
	return !sameSettings(draft.edited, stored) || changesSecrets(draft)
}

/** Whether there is nothing to lose: no change, and no text that waits to become one. */
export function isUntouched(draft: SettingsDraft, stored: ProfileSettings): boolean {
	return !isDirty(draft, stored) && keepsSecrets(draft) && Object.keys(draft.unreadable).length === 0
}

/** Whether the draft can be saved as it is. Not with text that is no number, an own price that names none, or half a key pair. */
export function isSavable(draft: SettingsDraft): boolean {
	const { edited, unreadable } = draft
	return Object.keys(unreadable).length === 0 && !edited.ownPrices.some(isEmptyPrice) && !staticKeysIncomplete(draft)
}

/** Whether text waits in one of the fields, or in one below, that is no number. */
export function isUnread({ unreadable }: SettingsDraft, ...paths: readonly string[]): boolean {
	return Object.keys(unreadable).some((at) => paths.some((path) => at === path || at.startsWith(`${path}.`)))
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
