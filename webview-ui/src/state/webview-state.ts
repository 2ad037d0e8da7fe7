import type { ErrorDetail } from "@bedrock-tiers/error-details"
import type { AnswerPart, Attachment, ConnectionTest, ExportReport, Speeds, ViewState } from "@bedrock-tiers/protocol"
import { NO_HISTORY, type HistoryState } from "./history-state"
import type { ProfileEdit } from "./profile-edit"
import type { SettingsDraft } from "./settings-draft"

/** Where an attachment is added: the message id of the edited question; `null` for the composer. */
export type Into = string | null

type AttachingState = {
	/** Requests that the host has not answered yet. */
	readonly pending: readonly { readonly requestId: string; readonly into: Into }[]
	/** Why the last attachment was not added; `null` when there is no problem. */
	readonly problem: { readonly into: Into; readonly details: readonly ErrorDetail[] } | null
}

export type Page = "chat" | "settings" | "history" | "speed"

/** A collapsible section of the settings. */
export type Section = "answer" | "background" | "prices" | "transfer"

/** Parts of the streaming answer. Separate from the messages, so that a delta does not copy them. */
export type StreamingAnswer = { readonly messageId: string; readonly parts: readonly AnswerPart[] }

/** A question that is being edited, not sent yet. */
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
			/** The draft as it was posted. */
			readonly draft: SettingsDraft
	  }
	| { readonly kind: "saved"; readonly profileId: string }
	| {
			readonly kind: "refused"
			readonly profileId: string
			readonly field: string
			readonly details: readonly ErrorDetail[]
	  }

/** A failure for the error bar. */
export type Problem = {
	/** `not-applied`: invalid message from the host; `not-sent`: invalid message to it; `refused`: by the host. */
	readonly kind: "not-applied" | "not-sent" | "refused"
	/** Path of the field; empty for the whole message. */
	readonly field: string
	readonly details: readonly ErrorDetail[]
}

export type WebviewState = {
	/** `null` until the host's first message. */
	readonly host: ViewState | null
	readonly streaming: StreamingAnswer | null
	readonly page: Page
	/** Field that gets the focus when the page opens; `null` when there is none. */
	readonly focusTarget: "tier" | null
	/** Text in the composer. */
	readonly composerText: string
	/** Time of the draft's last change, in milliseconds since 1970; 0 when it was never changed. */
	readonly draftAt: number
	/** Attachments in the composer. */
	readonly attachments: readonly Attachment[]
	readonly attaching: AttachingState
	/** Requested texts of attachments, by attachment id; `null` when a text can no longer be read. */
	readonly attachmentTexts: Readonly<Record<string, string | null>>
	readonly editing: EditedQuestion | null
	/** Posted question that the host has not accepted yet. It returns to the composer when it is refused. */
	readonly unsent: Omit<EditedQuestion, "messageId"> | null
	/** By profile id; only profiles with edited settings have one. */
	readonly drafts: Readonly<Record<string, SettingsDraft>>
	readonly save: SaveState
	/** The open profile form; `null` when there is none. */
	readonly profileEdit: ProfileEdit | null
	/** The last test, which used the stored settings; `null` when there was none. */
	readonly connectionTest: { readonly profileId: string; readonly test: ConnectionTest } | null
	/** Report of the last export; `null` when there was none since the page was opened. */
	readonly exportReport: ExportReport | null
	readonly problem: Problem | null
	/** Sections of the settings that the user has expanded. */
	readonly openSections: readonly Section[]
	readonly history: HistoryState
	/** Speeds of the user's requests; `null` until the host has sent them. */
	readonly speeds: Speeds | null
}

/** The state without the streaming answer. */
export type PageState = Omit<WebviewState, "streaming">

export const INITIAL_STATE: WebviewState = {
	host: null,
	streaming: null,
	page: "chat",
	focusTarget: null,
	composerText: "",
	draftAt: 0,
	attachments: [],
	attaching: { pending: [], problem: null },
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
