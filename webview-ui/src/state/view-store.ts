import type { SelectableTier } from "@bedrock-tiers/core"
import {
	draftSchema,
	fromStoredProfileSettings,
	receive,
	toStoredProfileSettings,
	profileSettingsSchema,
	type Attachment,
	type EditorSource,
	type ProfileSettings,
	type Received,
	type ChatFormat,
	type TierRefusal,
	type ToHost,
	type UsageFormat,
} from "@bedrock-tiers/protocol"
import type { ToWebview } from "@bedrock-tiers/protocol"
import type { Transport } from "../transport"
import { chatSettings } from "./active-profile"
import { applyDraft, draftOf, withAttachments } from "./attaching"
import type { Into } from "./webview-state"
import { startedSearch, withQuery } from "./history-state"
import { pacedFrames, type Schedule } from "./paced-frames"
import { profileMessage, type ProfileAction } from "./profile-edit"
import { secretMembers } from "./secret-edit"
import { isSavable, isUntouched, newDraft, type SettingsDraft } from "./settings-draft"
import { applyMessage } from "./view-reducer"
import {
	INITIAL_STATE,
	type Page,
	type PageState,
	type SaveState,
	type Section,
	type WebviewState,
} from "./webview-state"

export type ViewStore = ReturnType<typeof createViewStore>

/** From a letter to when the host has it. */
const KEEP_AFTER_MS = 300

/** Holds what the webview shows, and is the only one that talks through the transport. */
export function createViewStore(transport: Transport, schedule: Schedule = pacedFrames()) {
	let state = restoreDraft(transport.loadDraft())
	/** The newest state that differs in more than the growing answer. */
	let pageState: PageState = state
	let waiting: ToWebview[] = []
	let saves = 0
	let searches = 0
	let attachings = 0
	let keeping = false
	const listeners = new Set<() => void>()

	function set(next: WebviewState) {
		if (next === state) return
		const written =
			next.composerText !== state.composerText ||
			next.attachments !== state.attachments ||
			next.editing !== state.editing
		// What the host has kept brings its own time.
		const ownWriting = written && next.draftAt === state.draftAt
		if (ownWriting) next = { ...next, draftAt: Date.now() }
		const draftChanged = written || next.drafts !== state.drafts
		if (!isSamePage(next, state)) pageState = next
		state = next
		if (draftChanged) transport.saveDraft(storedDraft(state))
		if (ownWriting) keepDraft()
		for (const listener of listeners) listener()
	}

	/** By the host, soon, and once for many letters. One that is too long for that is kept by the page alone. */
	function keepDraft() {
		const post = () => void transport.post({ type: "keep-draft", draft: draftOf(state) })
		// What was sent is no draft any more: a window that is reloaded at once must not offer it again.
		if (state.composerText === "" && state.attachments.length === 0) return post()
		if (keeping) return
		keeping = true
		setTimeout(() => {
			keeping = false
			post()
		}, KEEP_AFTER_MS)
	}

	function flush() {
		const messages = waiting
		waiting = []
		set(messages.reduce(applyMessage, state))
	}

	/** Deltas wait for the next frame, many for one drawing; everything else takes them along at once, in order. */
	function take(incoming: Received<ToWebview>) {
		if (!incoming.ok) {
			set({ ...state, problem: { kind: "not-applied", field: incoming.field, problem: incoming.problem } })
			return
		}
		waiting.push(incoming.message)
		if (incoming.message.type !== "delta") flush()
		else if (waiting.length === 1) schedule(flush)
		if (incoming.message.type === "show" && incoming.message.view === "history") listHistory()
	}

	function post(message: ToHost): boolean {
		const posted = transport.post(message)
		if (!posted.ok) set({ ...state, problem: { kind: "not-sent", field: posted.field, problem: posted.problem } })
		return posted.ok
	}

	/** As it is now; what was there stays until it comes. */
	function listHistory() {
		post({ type: "list-history" })
	}

	/** As they are now, of the model; null = the active profile's. */
	function askSpeeds(modelId: string | null) {
		post({ type: "ask-speeds", modelId })
	}

	function setDraft(profileId: string, draft: SettingsDraft | null) {
		const { [profileId]: _previous, ...others } = state.drafts
		// What is on its way stays so: its answer has to find it.
		const save: SaveState = state.save.kind === "saving" ? state.save : { kind: "idle" }
		set({ ...state, drafts: draft ? { ...others, [profileId]: draft } : others, save })
	}

	function attach(into: Into, message: AttachMessage) {
		const requestId = `attach-${++attachings}`
		if (!post({ ...message, requestId })) return
		const pending = [...state.attaching.pending, { requestId, into }]
		set({ ...state, attaching: { pending, problem: null } })
	}

	function storedSettings(profileId: string): ProfileSettings | undefined {
		return state.host?.profiles.find((profile) => profile.id === profileId)?.settings
	}

	return {
		getState: () => state,
		/** The same object as long as only the streaming answer has grown. */
		getPageState: () => pageState,
		subscribe(listener: () => void) {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
		/** Listens to the host and tells it that the page has started. Returns what ends it. */
		start() {
			const stop = transport.subscribe(take)
			post({ type: "ready" })
			return stop
		},
		showPage(page: Page) {
			set({ ...state, page, focusTarget: null })
			if (page === "history") listHistory()
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
		/** Opens the settings at the service tier. */
		focusTierField: () => set({ ...state, page: "settings", focusTarget: "tier" }),
		dismissProblem: () => set({ ...state, problem: null }),
		typeMessage: (composerText: string) => set({ ...state, composerText }),
		sendMessage() {
			const { composerText: text, attachments } = state
			if (text.trim() === "" || state.host?.chat.busy || state.attaching.pending.length > 0) return
			if (post({ type: "send", text, ...attachmentIds(attachments) }))
				set({ ...state, composerText: "", attachments: [], unsent: { text, attachments }, problem: null })
		},
		editQuestion: ({ id, text, attachments = [] }: EditableQuestion) =>
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
		/** From the editor, what is selected or a file that the person chooses then. */
		attachText: (into: Into, source: EditorSource) => attach(into, { type: "attach-text", source }),
		/** It was not even asked for. */
		refuseAttachment: (into: Into, text: string) =>
			set({ ...state, attaching: { ...state.attaching, problem: { into, text } } }),
		removeAttachment(into: Into, id: string) {
			const next = withAttachments(state, into, (before) => before.filter((one) => one.id !== id))
			set({ ...next, attaching: { ...state.attaching, problem: null } })
		},
		readAttachment: (id: string) => void post({ type: "read-attachment", id }),
		/** What is in the composer stays there. */
		goOn: (text: string) => void post({ type: "send", text }),
		answerAgain: (messageId: string, tier: SelectableTier) => void post({ type: "answer-again", messageId, tier }),
		stop: () => post({ type: "stop" }),
		/** On the chat's own tier. */
		retry() {
			const tier = requestedTier(state.host)
			if (tier) post({ type: "retry", tier })
		},
		goOnBeyondLimit() {
			const tier = requestedTier(state.host)
			if (tier) post({ type: "retry", tier, beyondLimit: true })
		},
		chooseChatTier: (tier: SelectableTier | null) => void post({ type: "choose-chat-tier", tier }),
		retryOnStandard: () => void post({ type: "retry", tier: "default" }),
		allowTools: (allowed: boolean) => void post({ type: "allow-tools", allowed }),
		newChat() {
			if (post({ type: "new-chat" })) set({ ...state, page: "chat" })
		},
		openSection(section: Section, open: boolean) {
			if (open === state.openSections.includes(section)) return
			const others = state.openSections.filter((other) => other !== section)
			set({ ...state, openSections: open ? [...others, section] : others })
		},
		refreshPrices: () => post({ type: "refresh-prices" }),
		removeRefreshedPrices: () => post({ type: "remove-refreshed-prices" }),
		forgetRefusal: ({ profileId, tierRequest }: TierRefusal) =>
			post({ type: "forget-refusal", profileId, tierRequest }),
		selectProfile: (profileId: string) => post({ type: "select-profile", profileId }),
		testConnection: (profileId: string) => post({ type: "test-connection", profileId }),
		stopTest: () => post({ type: "stop-test" }),
		chooseImport() {
			set({ ...state, problem: null })
			post({ type: "choose-import" })
		},
		importProfiles: (names: readonly string[]) => post({ type: "import-profiles", names: [...names] }),
		leaveImport: () => post({ type: "leave-import" }),
		exportProfiles(profileIds: readonly string[], withSecrets: boolean) {
			set({ ...state, exportReport: null })
			post({ type: "export-profiles", profileIds: [...profileIds], withSecrets })
		},
		/** Asks what is to be done to the profile: under which name, or whether at all. */
		startProfileEdit(kind: ProfileAction, profileId: string, name: string) {
			set({ ...state, profileEdit: { kind, profileId, name, requestId: null, problem: null } })
		},
		nameProfile(name: string) {
			const { profileEdit } = state
			if (profileEdit) set({ ...state, profileEdit: { ...profileEdit, name, problem: null } })
		},
		leaveProfileEdit: () => set({ ...state, profileEdit: null }),
		confirmProfileEdit() {
			const { profileEdit } = state
			if (!profileEdit || profileEdit.requestId !== null) return
			const requestId = `profile-${++saves}`
			const posted = transport.post(profileMessage(profileEdit, requestId))
			const next = posted.ok ? { requestId, problem: null } : { requestId: null, problem: posted.problem }
			set({ ...state, profileEdit: { ...profileEdit, ...next } })
		},
		/** Changes the draft of a profile; a draft that equals what the host has is no draft. */
		editSettings(profileId: string, change: (draft: SettingsDraft) => SettingsDraft) {
			const stored = storedSettings(profileId)
			if (!stored) return
			const draft = change(state.drafts[profileId] ?? newDraft(stored))
			setDraft(profileId, isUntouched(draft, stored) ? null : draft)
		},
		discardSettings: (profileId: string) => setDraft(profileId, null),
		saveSettings(profileId: string) {
			const draft = state.drafts[profileId]
			if (!draft || !isSavable(draft)) return
			const requestId = `save-${++saves}`
			const posted = transport.post({
				type: "save-settings",
				requestId,
				profileId,
				settings: draft.edited,
				base: draft.base,
				...secretMembers(draft),
			})
			const save = posted.ok
				? ({ kind: "saving", requestId, profileId, draft } as const)
				: ({ kind: "refused", profileId, field: posted.field, message: posted.problem } as const)
			set({ ...state, save })
		},
	}
}

function isSamePage(one: WebviewState, other: WebviewState): boolean {
	return (Object.keys(one) as (keyof WebviewState)[]).every((key) => key === "streaming" || one[key] === other[key])
}

/** Undefined until the host's first message. */
function requestedTier(host: WebviewState["host"]): SelectableTier | undefined {
	return host ? chatSettings({ ...host, tier: host.chat.tier })?.serviceTier : undefined
}

type EditableQuestion = { readonly id: string; readonly text: string; readonly attachments?: readonly Attachment[] }

type AttachMessage =
	| { readonly type: "attach-image"; readonly name: string; readonly data: string }
	| { readonly type: "attach-text"; readonly source: EditorSource }

function attachmentIds(attachments: readonly Attachment[]): { attachments?: string[] } {
	return attachments.length === 0 ? {} : { attachments: attachments.map(({ id }) => id) }
}

/** What survives a reload of the page. A typed secret does not: it must not be stored in the clear. */
function storedDraft(state: WebviewState) {
	const settings = Object.entries(state.drafts).map(([profileId, { base, edited }]) => ({
		profileId,
		base: toStoredProfileSettings(base),
		edited: toStoredProfileSettings(edited),
	}))
	return { question: draftOf(state), settings }
}

/** Reads a stored draft forgivingly: a part that does not fit is left out. */
function restoreDraft(stored: unknown): WebviewState {
	if (typeof stored !== "object" || stored === null) return INITIAL_STATE
	const { question, settings } = stored as Readonly<Record<string, unknown>>
	const drafts: Record<string, SettingsDraft> = {}
	for (const entry of Array.isArray(settings) ? (settings as unknown[]) : []) {
		const { profileId, base, edited } = (entry ?? {}) as Record<string, unknown>
		const read = (stored: unknown) => receive(profileSettingsSchema, fromStoredProfileSettings(stored))
		const [from, to] = [read(base), read(edited)]
		if (typeof profileId === "string" && from.ok && to.ok)
			drafts[profileId] = { ...newDraft(from.message), edited: to.message }
	}
	const restored = { ...INITIAL_STATE, drafts }
	const received = receive(draftSchema, question)
	return received.ok ? applyDraft(restored, received.message) : restored
}
