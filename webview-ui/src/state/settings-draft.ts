import { UNIT_PRICE_KEYS, type OwnPrice } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import { changesSecrets, KEEP_SECRET, keepsSecrets, staticKeysIncomplete, type SecretsDraft } from "./secret-edit"

/** A profile's settings while they are being edited. */
export type SettingsDraft = SecretsDraft & {
	/** The host's settings at the start of the editing. */
	readonly base: ProfileSettings
	readonly edited: ProfileSettings
	/** Input of number fields that is not a valid number, by field path. Stored as typed, never used as a setting. */
	readonly unreadable: Readonly<Record<string, string>>
}

/** The draft of settings that have not been edited yet. */
export function newDraft(stored: ProfileSettings): SettingsDraft {
	return { base: stored, edited: stored, apiKey: KEEP_SECRET, staticKeys: KEEP_SECRET, unreadable: {} }
}

/** Compares the JSON texts of the settings, which are plain data. The order of members does not matter. */
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

/** Whether discarding the draft loses nothing: no change, no secret edit and no unreadable input. */
export function isUntouched(draft: SettingsDraft, stored: ProfileSettings): boolean {
	return !isDirty(draft, stored) && keepsSecrets(draft) && Object.keys(draft.unreadable).length === 0
}

/** Whether the draft has no unreadable input, no own price without amounts and no incomplete key pair. */
export function isSavable(draft: SettingsDraft): boolean {
	const { edited, unreadable } = draft
	return Object.keys(unreadable).length === 0 && !edited.ownPrices.some(isEmptyPrice) && !staticKeysIncomplete(draft)
}

/** Whether one of the fields, or a field below it, has unreadable input. */
export function isUnread({ unreadable }: SettingsDraft, ...paths: readonly string[]): boolean {
	return Object.keys(unreadable).some((unreadPath) =>
		paths.some((path) => unreadPath === path || unreadPath.startsWith(`${path}.`)),
	)
}

export function withUnreadable(draft: SettingsDraft, path: string, text: string): SettingsDraft {
	return { ...draft, unreadable: { ...draft.unreadable, [path]: text } }
}

export function withoutUnreadable(draft: SettingsDraft, path: string): SettingsDraft {
	const { [path]: _text, ...unreadable } = draft.unreadable
	return { ...draft, unreadable }
}

/** Whether an own price has no amounts. It would hide the list prices without replacing them. */
export function isEmptyPrice(price: OwnPrice): boolean {
	return UNIT_PRICE_KEYS.every((key) => price[key] === null)
}

/** Whether the host's settings now differ from both the draft's base and its edited settings. */
export function changedElsewhere(draft: SettingsDraft, stored: ProfileSettings): boolean {
	return !sameSettings(draft.base, stored) && !sameSettings(draft.edited, stored)
}
