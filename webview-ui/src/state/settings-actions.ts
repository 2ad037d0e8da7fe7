import type { ToHost, TierRefusal } from "@bedrock-tiers/protocol"
import type { Transport } from "../transport"
import { profileMessage, type ProfileAction } from "./profile-edit"
import { secretMembers } from "./secret-edit"
import { isSavable, isUntouched, newDraft, type SettingsDraft } from "./settings-draft"
import type { SaveState, Section, WebviewState } from "./webview-state"

/** What the store gives to its groups of actions. */
export type StoreAccess = {
	state(): WebviewState
	set(next: WebviewState): void
	/** Posts a message; an invalid one is not posted but shown as a problem, and the result is `false`. */
	post(message: ToHost): boolean
	readonly transport: Transport
}

/** Actions of the settings page. */
export function settingsActions({ state, set, post, transport }: StoreAccess) {
	let requests = 0

	function setDraft(profileId: string, draft: SettingsDraft | null) {
		const { [profileId]: _previous, ...others } = state().drafts
		// The response to a running save refers to it.
		const save: SaveState = state().save.kind === "saving" ? state().save : { kind: "idle" }
		set({ ...state(), drafts: draft ? { ...others, [profileId]: draft } : others, save })
	}

	return {
		openSection(section: Section, open: boolean) {
			if (open === state().openSections.includes(section)) return
			const others = state().openSections.filter((other) => other !== section)
			set({ ...state(), openSections: open ? [...others, section] : others })
		},
		refreshPrices: () => post({ type: "refresh-prices" }),
		removeRefreshedPrices: () => post({ type: "remove-refreshed-prices" }),
		forgetRefusal: ({ profileId, tierRequest }: TierRefusal) =>
			post({ type: "forget-refusal", profileId, tierRequest }),
		selectProfile: (profileId: string) => post({ type: "select-profile", profileId }),
		testConnection: (profileId: string) => post({ type: "test-connection", profileId }),
		stopTest: () => post({ type: "stop-test" }),
		chooseImport() {
			set({ ...state(), problem: null })
			post({ type: "choose-import" })
		},
		importProfiles: (names: readonly string[]) => post({ type: "import-profiles", names: [...names] }),
		leaveImport: () => post({ type: "leave-import" }),
		exportProfiles(profileIds: readonly string[], withSecrets: boolean) {
			set({ ...state(), exportReport: null })
			post({ type: "export-profiles", profileIds: [...profileIds], withSecrets })
		},
		/** Opens the form that asks for the new name of a profile, or whether to delete it. */
		startProfileEdit(kind: ProfileAction, profileId: string, name: string) {
			set({ ...state(), profileEdit: { kind, profileId, name, requestId: null, problem: null } })
		},
		nameProfile(name: string) {
			const { profileEdit } = state()
			if (profileEdit) set({ ...state(), profileEdit: { ...profileEdit, name, problem: null } })
		},
		leaveProfileEdit: () => set({ ...state(), profileEdit: null }),
		confirmProfileEdit() {
			const { profileEdit } = state()
			if (!profileEdit || profileEdit.requestId !== null) return
			const requestId = `profile-${++requests}`
			const posted = transport.post(profileMessage(profileEdit, requestId))
			const next = posted.ok ? { requestId, problem: null } : { requestId: null, problem: posted.details }
			set({ ...state(), profileEdit: { ...profileEdit, ...next } })
		},
		/** Changes the draft of a profile. A draft that equals the stored settings is removed. */
		editSettings(profileId: string, change: (draft: SettingsDraft) => SettingsDraft) {
			const stored = state().host?.profiles.find(({ id }) => id === profileId)?.settings
			if (!stored) return
			const draft = change(state().drafts[profileId] ?? newDraft(stored))
			setDraft(profileId, isUntouched(draft, stored) ? null : draft)
		},
		discardSettings: (profileId: string) => setDraft(profileId, null),
		saveSettings(profileId: string) {
			const draft = state().drafts[profileId]
			if (!draft || !isSavable(draft)) return
			const requestId = `save-${++requests}`
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
				: ({ kind: "refused", profileId, field: posted.field, details: posted.details } as const)
			set({ ...state(), save })
		},
	}
}
