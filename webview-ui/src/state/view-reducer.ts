import { applyToView, withDelta, type ChatMessage, type Profile, type ToWebview } from "@bedrock-tiers/protocol"
import type { HostMessage } from "../transport"
import { applyAttached, applyAttachRefused, applyDraft } from "./attaching"
import { applyFound } from "./history-state"
import { KEEP_SECRET, sameSecretEdit } from "./secret-edit"
import { isUntouched, type SettingsDraft } from "./settings-draft"
import type { StreamingAnswer, WebviewState } from "./webview-state"

/** Applies one message of the extension host. Pure function. */
export function applyMessage(state: WebviewState, message: ToWebview): WebviewState {
	switch (message.type) {
		case "state":
		case "state-changed":
			return applyState(state, message)
		case "delta":
		case "part":
			return applyStreamed(state, message)
		case "message":
			return applyChatMessage(state, message)
		case "refusals":
			return { ...state, host: applyToView(state.host, message) }
		case "saved":
			return applySaved(state, message.requestId)
		case "done":
			return applyDone(state, message.requestId)
		case "connection-test":
			return { ...state, connectionTest: { profileId: message.profileId, test: message.test } }
		case "exported":
			return { ...state, exportReport: message.report }
		case "refused":
			return applyRefused(state, message)
		case "history": {
			const { type: _type, ...list } = message
			return { ...state, history: { ...state.history, list } }
		}
		case "history-found":
			return { ...state, history: applyFound(state.history, message) }
		case "speeds": {
			const { type: _type, ...speeds } = message
			return { ...state, speeds }
		}
		case "draft":
			return applyDraft(state, message.draft)
		case "attached":
			return applyAttached(state, message)
		case "attachment-text":
			return { ...state, attachmentTexts: { ...state.attachmentTexts, [message.id]: message.text } }
		case "show":
			return { ...state, page: message.view === "usage" ? "chat" : message.view, focusTarget: null }
	}
}

function applyState(state: WebviewState, message: HostMessage<"state" | "state-changed">): WebviewState {
	const host = applyToView(state.host, message)
	if (!host) return state
	const { messages } = host.chat
	return {
		...state,
		host,
		// The deltas so far are in the streaming answer only.
		streaming: messages === state.host?.chat.messages ? state.streaming : streamingAnswer(messages),
		unsent: null,
		// `null` when another chat is shown, or the edited question is no longer in the chat.
		editing: messages.some(({ id }) => id === state.editing?.messageId) ? state.editing : null,
		drafts: withoutUntouched(state.drafts, host.profiles),
	}
}

/**
 * Drops drafts that equal the host's settings. A reload can restore one that was saved just before; when the settings
 * then change elsewhere, it would look like an edit, and the next save would undo that change.
 */
function withoutUntouched(drafts: WebviewState["drafts"], profiles: readonly Profile[]): WebviewState["drafts"] {
	const isEdit = (profileId: string, draft: SettingsDraft) => {
		const profile = profiles.find(({ id }) => id === profileId)
		return !profile || !isUntouched(draft, profile.settings)
	}
	return Object.fromEntries(Object.entries(drafts).filter(([profileId, draft]) => isEdit(profileId, draft)))
}

function streamingAnswer(messages: readonly ChatMessage[]): StreamingAnswer | null {
	const last = messages.findLast((message) => message.role === "assistant")
	return last?.status === "streaming" ? { messageId: last.id, parts: last.parts } : null
}

/** Ignores what belongs to an answer that is not streaming (any more): the final message contains it. */
function applyStreamed(state: WebviewState, change: HostMessage<"delta"> | HostMessage<"part">): WebviewState {
	const { streaming } = state
	if (streaming?.messageId !== change.messageId) return state
	const parts =
		change.type === "delta"
			? withDelta(streaming.parts, change.kind, change.text)
			: streaming.parts.toSpliced(change.index, 1, change.part)
	return { ...state, streaming: { ...streaming, parts } }
}

function applyChatMessage(state: WebviewState, applied: HostMessage<"message">): WebviewState {
	const host = applyToView(state.host, applied)
	if (!host) return state
	return {
		...state,
		host,
		streaming: streamingAnswer(host.chat.messages),
		unsent: applied.message.role === "user" ? null : state.unsent,
	}
}

/** Treats the saved settings as the host's at once, so that nothing flickers until the host's `state` message. */
function applySaved(state: WebviewState, requestId: string): WebviewState {
	const { save, host } = state
	if (save.kind !== "saving" || save.requestId !== requestId || !host) return state
	const { edited: settings, apiKey, staticKeys } = save.draft
	const profiles = host.profiles.map((profile) =>
		profile.id === save.profileId ? { ...profile, settings } : profile,
	)
	const draft = state.drafts[save.profileId]
	const remaining = draft && {
		...draft,
		base: settings,
		apiKey: sameSecretEdit(draft.apiKey, apiKey) ? KEEP_SECRET : draft.apiKey,
		staticKeys: sameSecretEdit(draft.staticKeys, staticKeys) ? KEEP_SECRET : draft.staticKeys,
	}
	const drafts = remaining ? { ...state.drafts, [save.profileId]: remaining } : state.drafts
	return {
		...state,
		host: { ...host, profiles },
		drafts: withoutUntouched(drafts, profiles),
		save: { kind: "saved", profileId: save.profileId },
		connectionTest: null,
	}
}

function applyDone(state: WebviewState, requestId: string): WebviewState {
	const { profileEdit } = state
	if (profileEdit?.requestId !== requestId) return state
	const drafts = { ...state.drafts }
	if (profileEdit.kind === "delete") delete drafts[profileEdit.profileId]
	return { ...state, drafts, profileEdit: null }
}

function applyRefused(state: WebviewState, refused: HostMessage<"refused">): WebviewState {
	const attachRefused = applyAttachRefused(state, refused)
	if (attachRefused) return attachRefused
	const { requestId, field, details } = refused
	const { save, profileEdit } = state
	if (save.kind === "saving" && save.requestId === requestId)
		return { ...state, save: { kind: "refused", profileId: save.profileId, field, details } }
	if (profileEdit && requestId !== null && profileEdit.requestId === requestId)
		return { ...state, profileEdit: { ...profileEdit, requestId: null, problem: details } }
	return { ...restoreUnsent(state), problem: { kind: "refused", field, details } }
}

/** Puts a question that the host did not accept back into the composer, if the composer is empty. */
function restoreUnsent(state: WebviewState): WebviewState {
	const { unsent, composerText, attachments } = state
	if (!unsent || composerText !== "" || attachments.length > 0) return { ...state, unsent: null }
	return { ...state, composerText: unsent.text, attachments: unsent.attachments, unsent: null }
}
