import type { ErrorDetail } from "@bedrock-tiers/error-details"
import type { SelectableTier } from "@bedrock-tiers/core"
import type {
	Attachment,
	ChatFormat,
	EditorSource,
	QuestionMessage,
	Received,
	ToHost,
	ToWebview,
	UsageFormat,
} from "@bedrock-tiers/protocol"
import type { Transport } from "../transport"
import { chatSettings } from "./active-profile"
import { draftOf, withAttachments } from "./attaching"
import { startedSearch, withQuery } from "./history-state"
import { pacedFrames, type Schedule } from "./paced-frames"
import { settingsActions } from "./settings-actions"
import { restoreDraft, storedDraft } from "./stored-draft"
import { applyMessage } from "./view-reducer"
import type { Into, Page, PageState, WebviewState } from "./webview-state"

export type ViewStore = ReturnType<typeof createViewStore>

/** Delay between typing and storing the draft in the host. */
const STORE_DRAFT_AFTER_MS = 300

/** State of the webview. Only the store uses the transport. */
export function createViewStore(transport: Transport, schedule: Schedule = pacedFrames()) {
	let state = restoreDraft(transport.loadDraft())
	/** The newest state that differs in more than the streaming answer. */
	let pageState: PageState = state
	let waiting: ToWebview[] = []
	let searches = 0
	let attachings = 0
	let isStoring = false
	const listeners = new Set<() => void>()

	function set(next: WebviewState) {
		if (next === state) return
		const written =
			next.composerText !== state.composerText ||
			next.attachments !== state.attachments ||
			next.editing !== state.editing
		// A draft that the host restored has a time of its own.
		const isTyped = written && next.draftAt === state.draftAt
		if (isTyped) next = { ...next, draftAt: Date.now() }
		const draftChanged = written || next.drafts !== state.drafts
		if (!isSamePage(next, state)) pageState = next
		state = next
		if (draftChanged) transport.saveDraft(storedDraft(state))
		if (isTyped) storeDraft()
		for (const listener of listeners) listener()
	}

	/** Stores the draft in the host, once for many keystrokes. A draft that is too long is stored by the webview only. */
	function storeDraft() {
		const post = () => void transport.post({ type: "keep-draft", draft: draftOf(state) })
		// Without a delay after sending: a window that is reloaded now must not restore the sent question.
		if (state.composerText === "" && state.attachments.length === 0) return post()
		if (isStoring) return
		isStoring = true
		setTimeout(() => {
			isStoring = false
			post()
		}, STORE_DRAFT_AFTER_MS)
	}

	function flush() {
		const messages = waiting
		waiting = []
		set(messages.reduce(applyMessage, state))
	}

	/** Applies a message. Deltas are applied together in the next frame, or before the next message of another type. */
	function receiveMessage(incoming: Received<ToWebview>) {
		if (!incoming.ok) {
			set({ ...state, problem: { kind: "not-applied", field: incoming.field, details: incoming.details } })
			return
		}
		waiting.push(incoming.message)
		if (incoming.message.type !== "delta") flush()
		else if (waiting.length === 1) schedule(flush)
		if (incoming.message.type === "show" && incoming.message.view === "history") post({ type: "list-history" })
	}

	function post(message: ToHost): boolean {
		const posted = transport.post(message)
		if (!posted.ok) set({ ...state, problem: { kind: "not-sent", field: posted.field, details: posted.details } })
		return posted.ok
	}

	/** @param modelId `null` for the model of the active profile */
	function askSpeeds(modelId: string | null) {
		post({ type: "ask-speeds", modelId })
	}

	function attach(into: Into, message: AttachMessage) {
		const requestId = `attach-${++attachings}`
		if (!post({ ...message, requestId })) return
		const pending = [...state.attaching.pending, { requestId, into }]
		set({ ...state, attaching: { pending, problem: null } })
	}

	/** Repeats the failed answer on the chat's tier. */
	function retry(options?: { readonly beyondLimit?: true; readonly withoutRefusedParameter?: true }) {
		const { host } = state
		const tier = host && chatSettings({ ...host, tier: host.chat.tier })?.serviceTier
		if (tier) post({ type: "retry", tier, ...options })
	}

	return {
		getState: () => state,
		/** The same object as long as only the streaming answer changes. */
		getPageState: () => pageState,
		subscribe(listener: () => void) {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
		/** Subscribes to the host and posts `ready`. Returns a function that unsubscribes. */
		start() {
			const stop = transport.subscribe(receiveMessage)
			post({ type: "ready" })
			return stop
		},
		showPage(page: Page) {
			set({ ...state, page, focusTarget: null })
			if (page === "history") post({ type: "list-history" })
			if (page === "speed") askSpeeds(state.speeds?.modelId ?? null)
		},
		askSpeeds,
		typeHistoryQuery(query: string) {
			if (state.history.search?.status === "running") post({ type: "cancel-history-search" })
			set({ ...state, history: withQuery(state.history, query) })
		},
		searchHistory() {
			const query = state.history.query.trim()
			if (query === "") return
			const searchId = `search-${++searches}`
			if (post({ type: "search-history", searchId, query }))
				set({ ...state, history: startedSearch(state.history, searchId) })
		},
		cancelHistorySearch: () => void post({ type: "cancel-history-search" }),
		openChat: (chatId: string) => void post({ type: "open-chat", chatId }),
		deleteChat: (chatId: string) => void post({ type: "delete-chat", chatId }),
		exportChat: (chatId: string, format: ChatFormat) => void post({ type: "export-chat", chatId, format }),
		exportUsage: (format: UsageFormat) => void post({ type: "export-usage", format }),
		/** Opens the settings page and focuses the service tier. */
		focusTierField: () => set({ ...state, page: "settings", focusTarget: "tier" }),
		dismissProblem: () => set({ ...state, problem: null }),
		typeMessage: (composerText: string) => set({ ...state, composerText }),
		sendMessage() {
			const { composerText: text, attachments } = state
			if (text.trim() === "" || state.host?.chat.busy || state.attaching.pending.length > 0) return
			if (post({ type: "send", text, ...attachmentIds(attachments) }))
				set({ ...state, composerText: "", attachments: [], unsent: { text, attachments }, problem: null })
		},
		editQuestion: ({ id, text, attachments = [] }: Pick<QuestionMessage, "id" | "text" | "attachments">) =>
			set({ ...state, editing: { messageId: id, text, attachments } }),
		typeEdit(text: string) {
			if (state.editing) set({ ...state, editing: { ...state.editing, text } })
		},
		cancelEdit: () => set({ ...state, editing: null }),
		sendEdit() {
			const { editing, host } = state
			if (!editing || editing.text.trim() === "" || host?.chat.busy || state.attaching.pending.length > 0) return
			const { attachments, ...edit } = editing
			if (post({ type: "edit", ...edit, ...attachmentIds(attachments) }))
				set({ ...state, editing: null, unsent: { text: editing.text, attachments }, problem: null })
		},
		/** @param data base64 */
		attachImage: (into: Into, name: string, data: string) => attach(into, { type: "attach-image", name, data }),
		/** Attaches the editor's selection, or a file that the user chooses. */
		attachText: (into: Into, source: EditorSource) => attach(into, { type: "attach-text", source }),
		/** Shows why an attachment was not added, without a request to the host. */
		refuseAttachment: (into: Into, reason: ErrorDetail) =>
			set({ ...state, attaching: { ...state.attaching, problem: { into, details: [reason] } } }),
		removeAttachment(into: Into, id: string) {
			const next = withAttachments(state, into, (before) => before.filter((one) => one.id !== id))
			set({ ...next, attaching: { ...state.attaching, problem: null } })
		},
		readAttachment: (id: string) => void post({ type: "read-attachment", id }),
		/** Sends a text and leaves the composer as it is. */
		goOn: (text: string) => void post({ type: "send", text }),
		answerAgain: (messageId: string, tier: SelectableTier) => void post({ type: "answer-again", messageId, tier }),
		stop: () => post({ type: "stop" }),
		retry: () => retry(),
		goOnBeyondLimit: () => retry({ beyondLimit: true }),
		retryWithoutRefusedParameter: () => retry({ withoutRefusedParameter: true }),
		chooseChatTier: (tier: SelectableTier | null) => void post({ type: "choose-chat-tier", tier }),
		retryOnStandard: () => void post({ type: "retry", tier: "default" }),
		allowTools: (allowed: boolean) => void post({ type: "allow-tools", allowed }),
		newChat() {
			if (post({ type: "new-chat" })) set({ ...state, page: "chat" })
		},
		...settingsActions({ state: () => state, set, post, transport }),
	}
}

function isSamePage(one: WebviewState, other: WebviewState): boolean {
	return (Object.keys(one) as (keyof WebviewState)[]).every((key) => key === "streaming" || one[key] === other[key])
}

type AttachMessage =
	| { readonly type: "attach-image"; readonly name: string; readonly data: string }
	| { readonly type: "attach-text"; readonly source: EditorSource }

function attachmentIds(attachments: readonly Attachment[]): { attachments?: string[] } {
	return attachments.length === 0 ? {} : { attachments: attachments.map(({ id }) => id) }
}
