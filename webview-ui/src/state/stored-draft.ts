import {
	draftSchema,
	fromStoredProfileSettings,
	profileSettingsSchema,
	receive,
	toStoredProfileSettings,
} from "@bedrock-tiers/protocol"
import { applyDraft, draftOf } from "./attaching"
import { newDraft, type SettingsDraft } from "./settings-draft"
import { INITIAL_STATE, type WebviewState } from "./webview-state"

/** State that survives a reload of the webview. Typed secrets are not part of it: it is stored in clear text. */
export function storedDraft(state: WebviewState) {
	const settings = Object.entries(state.drafts).map(([profileId, { base, edited }]) => ({
		profileId,
		base: toStoredProfileSettings(base),
		edited: toStoredProfileSettings(edited),
	}))
	return { question: draftOf(state), settings }
}

/** Initial state with a stored draft applied. Parts of the draft that are invalid are ignored. */
export function restoreDraft(stored: unknown): WebviewState {
	if (typeof stored !== "object" || stored === null) return INITIAL_STATE
	const { question, settings } = stored as Readonly<Record<string, unknown>>
	const drafts: Record<string, SettingsDraft> = {}
	for (const entry of Array.isArray(settings) ? (settings as unknown[]) : []) {
		const { profileId, base, edited } = (entry ?? {}) as Record<string, unknown>
		const read = (value: unknown) => receive(profileSettingsSchema, fromStoredProfileSettings(value))
		const [from, to] = [read(base), read(edited)]
		if (typeof profileId === "string" && from.ok && to.ok)
			drafts[profileId] = { ...newDraft(from.message), edited: to.message }
	}
	const restored = { ...INITIAL_STATE, drafts }
	const received = receive(draftSchema, question)
	return received.ok ? applyDraft(restored, received.message) : restored
}
