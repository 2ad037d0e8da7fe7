import type { AnswerPart, Attachment, ConnectionTest, ExportReport, Speeds, ViewState } from "@bedrock-tiers/protocol"
import { NO_HISTORY, type HistoryState } from "./history-state"
import type { ProfileEdit } from "./profile-edit"
import type { SettingsDraft } from "./settings-draft"

/** Where something is added: to the question that is edited, by its message's id; null = to the composer's. */
export type Into = string | null

export type Attaching = {
	/** Asked of the host, not answered yet. */
	readonly pending: readonly { readonly requestId: string; readonly into: Into }[]
	/** Why the last one was not added. */
	readonly problem: { readonly into: Into; readonly text: string } | null
}

export const NOTHING_ATTACHING: Attaching = { pending: [], problem: null }

/** A question as it was posted, until the host has taken it up. */
export type Unsent = { readonly text: string; readonly attachments: readonly Attachment[] }

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
	readonly focusTarget: "tier" | null
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
	focusTarget: null,
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
