import {
	withDelta,
	type AnswerPart,
	type Attachment,
	type ChatMessage,
	type ChatView,
	type ConnectionTest,
	type ExportReport,
	type Speeds,
	type ToWebview,
	type ViewState,
} from "@bedrock-tiers/protocol"
import {
	applyAttached,
	applyAttachRefused,
	applyDraft,
	NOTHING_ATTACHING,
	type Attaching,
	type Unsent,
} from "./attaching"
import { applyFound, applyHistory, NO_HISTORY, type HistoryState } from "./history-state"
import { KEEP_SECRET, sameSecretEdit } from "./secret-edit"
import type { ProfileEdit } from "./profile-edit"
import { isUntouched, type SettingsDraft } from "./settings-draft"

export type Page = "chat" | "settings" | "history" | "speed"

/** A part of the settings that can be folded. */
export type Section = "answer" | "background" | "prices" | "transfer"

/** The growing end of the answer that streams. Apart from the messages, so that a delta copies nothing. */
export type StreamingAnswer = { readonly messageId: string; readonly parts: readonly AnswerPart[] }

/** A question in other words, not sent yet. */
export type EditedQuestion = {
	readonly messageId: string
	readonly text: string
	readonly attachments: readonly Attachment[]
}

export type SaveState =
	| { readonly kind: "idle" }
	| {
			readonly kind: "saving"
			readonly requestId: string
			readonly profileId: string
			/** As it was posted. */
			readonly draft: SettingsDraft
	  }
	| { readonly kind: "saved"; readonly profileId: string }
	| { readonly kind: "refused"; readonly profileId: string; readonly field: string; readonly message: string }

/** Something that was not done, for the error bar. */
export type Problem = {
	/** `not-applied`: from the host, `not-sent`: to the host, `refused`: by the host. */
	readonly kind: "not-applied" | "not-sent" | "refused"
	/** Path of the field; empty = the whole message. */
	readonly field: string
	readonly problem: string
}

export type WebviewState = {
	/** Null until the host's first message. */
	readonly host: ViewState | null
	readonly streaming: StreamingAnswer | null
	readonly page: Page
	/** What the page was opened for; null = nothing of it. */
	readonly seeks: "tier" | null
	/** What stands in the composer. */
	readonly composerText: string
	/** Milliseconds since 1970, when what is written was changed last; 0 = never. */
	readonly draftAt: number
	/** What stands beside it. */
	readonly attachments: readonly Attachment[]
	readonly attaching: Attaching
	/** Texts of attachments that were asked for, by id; null = it cannot be read any more. */
	readonly attachmentTexts: Readonly<Record<string, string | null>>
	readonly editing: EditedQuestion | null
	/** What was posted and the host has not taken up yet: it comes back if it is refused. */
	readonly unsent: Unsent | null
	/** By profile id; only profiles whose settings were touched. */
	readonly drafts: Readonly<Record<string, SettingsDraft>>
	readonly save: SaveState
	/** What is about to be done to a profile; null = nothing. */
	readonly profileEdit: ProfileEdit | null
	/** The last one, of the settings as they are stored; null = none. */
	readonly connectionTest: { readonly profileId: string; readonly test: ConnectionTest } | null
	/** Of the last export; null = none since the page was opened. */
	readonly exportReport: ExportReport | null
	readonly problem: Problem | null
	/** Those of the settings that the person unfolded. */
	readonly openSections: readonly Section[]
	readonly history: HistoryState
	/** How fast the person's requests were; null until it came. */
	readonly speeds: Speeds | null
}

/** Everything but the growing answer. */
export type PageState = Omit<WebviewState, "streaming">

export const INITIAL_STATE: WebviewState = {
	host: null,
	streaming: null,
	page: "chat",
	seeks: null,
	composerText: "",
	draftAt: 0,
	attachments: [],
	attaching: NOTHING_ATTACHING,
	attachmentTexts: {},
	editing: null,
	unsent: null,
	drafts: {},
	save: { kind: "idle" },
	profileEdit: null,
	connectionTest: null,
	exportReport: null,
	problem: null,
	openSections: [],
	history: NO_HISTORY,
	speeds: null,
}

/** Applies one message of the host. Pure. */
export function applyMessage(state: WebviewState, message: ToWebview): WebviewState {
	switch (message.type) {
		case "state":
			return {
				...state,
				host: message.state,
				streaming: streamingAnswer(message.state.chat.messages),
				unsent: null,
				editing: stillThere(state.editing, message.state.chat.messages),
			}
		case "delta":
			return applyDelta(state, message)
		case "message":
			return applyChatMessage(state, message)
		case "refusals":
			return state.host ? { ...state, host: { ...state.host, refusals: message.refusals } } : state
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
		case "history":
			return { ...state, history: applyHistory(state.history, message) }
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
			return { ...state, page: message.view === "usage" ? "chat" : message.view, seeks: null }
	}
}

/** Another chat is shown, or the question is gone. */
function stillThere(editing: EditedQuestion | null, messages: readonly ChatMessage[]): EditedQuestion | null {
	return messages.some(({ id }) => id === editing?.messageId) ? editing : null
}

function streamingAnswer(messages: readonly ChatMessage[]): StreamingAnswer | null {
	const last = messages.findLast((message) => message.role === "assistant")
	return last?.status === "streaming" ? { messageId: last.id, parts: last.parts } : null
}

/** A delta for an answer that does not stream (any more) is late, and its text is in the final message. */
function applyDelta(state: WebviewState, delta: Extract<ToWebview, { type: "delta" }>): WebviewState {
	const { streaming } = state
	if (streaming?.messageId !== delta.messageId) return state
	return { ...state, streaming: { ...streaming, parts: withDelta(streaming.parts, delta.kind, delta.text) } }
}

function applyChatMessage(
	state: WebviewState,
	{ message, busy, usage }: Extract<ToWebview, { type: "message" }>,
): WebviewState {
	if (!state.host) return state
	const { chat } = state.host
	const index = chat.messages.findLastIndex(({ id }) => id === message.id)
	const messages = index < 0 ? [...chat.messages, message] : chat.messages.with(index, message)
	const next: ChatView = { ...chat, messages, busy, usage }
	return {
		...state,
		host: { ...state.host, chat: next },
		streaming: streamingAnswer(messages),
		unsent: message.role === "user" ? null : state.unsent,
	}
}

/** The saved settings count as the host's at once, so that nothing flickers until its `state` comes. */
function applySaved(state: WebviewState, requestId: string): WebviewState {
	const { save, host } = state
	if (save.kind !== "saving" || save.requestId !== requestId || !host) return state
	const { edited: settings, apiKey, staticKeys } = save.draft
	const profiles = host.profiles.map((profile) =>
		profile.id === save.profileId ? { ...profile, settings } : profile,
	)
	const draft = state.drafts[save.profileId]
	const drafts = { ...state.drafts }
	if (draft) {
		const rest = {
			...draft,
			base: settings,
			apiKey: sameSecretEdit(draft.apiKey, apiKey) ? KEEP_SECRET : draft.apiKey,
			staticKeys: sameSecretEdit(draft.staticKeys, staticKeys) ? KEEP_SECRET : draft.staticKeys,
		}
		if (isUntouched(rest, settings)) delete drafts[save.profileId]
		else drafts[save.profileId] = rest
	}
	return {
		...state,
		host: { ...host, profiles },
		drafts,
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

function applyRefused(state: WebviewState, refused: Extract<ToWebview, { type: "refused" }>): WebviewState {
	const attachRefused = applyAttachRefused(state, refused)
	if (attachRefused) return attachRefused
	const { requestId, field, message } = refused
	const { save, profileEdit } = state
	if (save.kind === "saving" && save.requestId === requestId)
		return { ...state, save: { kind: "refused", profileId: save.profileId, field, message } }
	if (profileEdit && requestId !== null && profileEdit.requestId === requestId)
		return { ...state, profileEdit: { ...profileEdit, requestId: null, problem: message } }
	return { ...comeBack(state), problem: { kind: "refused", field, problem: message } }
}

/** What was not taken up goes into the composer again, where nothing stands by now. */
function comeBack(state: WebviewState): WebviewState {
	const { unsent, composerText, attachments } = state
	if (!unsent || composerText !== "" || attachments.length > 0) return { ...state, unsent: null }
	return { ...state, composerText: unsent.text, attachments: unsent.attachments, unsent: null }
}
