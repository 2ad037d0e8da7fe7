import type { ProfileSettings, Profile, ToWebview } from "@bedrock-tiers/protocol"
import type { ApiHandler } from "../../api/index"
import { testConnection, testSettings } from "./connection-test"
import type { ChosenFiles, Handlers, Message } from "../ports"
import { findProfile, newProfile } from "./profile-list"
import type { Settings } from "./settings"
import { SettingsTransfer } from "./settings-transfer"

export type SettingsRequestsDependencies = {
	readonly settings: Settings
	readonly files: ChosenFiles
	/** Opens a handler by the profile, with the given settings instead of its own. */
	readonly open: (profile: Profile, settings: ProfileSettings) => Promise<ApiHandler>
	/** Forgets the tier refusals of a profile that may now belong to another account. */
	readonly forgetRefusals: (profileId: string) => Promise<void>
	readonly post: (message: ToWebview) => void
	readonly postState: () => Promise<void>
}

/** Handles the messages of the settings page. Throws RequestRefused when a change of the profiles is not possible. */
export class SettingsRequests {
	readonly #dependencies: SettingsRequestsDependencies
	readonly #settings: Settings
	readonly #transfer: SettingsTransfer
	/** Aborts the last connection test; `undefined` before the first test. */
	#testing: AbortController | undefined

	constructor(dependencies: SettingsRequestsDependencies) {
		this.#dependencies = dependencies
		this.#settings = dependencies.settings
		this.#transfer = new SettingsTransfer(dependencies.settings, dependencies.files)
	}

	readonly handlers = {
		"save-settings": (message) => this.#save(message),
		"select-profile": ({ profileId }) => this.#changed(this.#settings.select(profileId)),
		"add-profile": ({ requestId, name }) => this.#changed(this.#settings.add(newProfile(name)), requestId),
		"rename-profile": ({ requestId, profileId, name }) =>
			this.#changed(this.#settings.rename(profileId, name), requestId),
		"duplicate-profile": ({ requestId, profileId, name }) =>
			this.#changed(this.#settings.duplicate(profileId, name), requestId),
		"delete-profile": ({ requestId, profileId }) => this.#changed(this.#settings.delete(profileId), requestId),
		"test-connection": ({ profileId }) => this.#test(profileId),
		"stop-test": () => this.stopTest(),
		"choose-import": () => this.chooseImport(),
		"import-profiles": ({ names }) => this.#changed(this.#transfer.add(names)),
		"leave-import": () => this.#changed(this.#transfer.leave()),
		"export-profiles": async ({ profileIds, withSecrets }) => {
			const report = await this.#transfer.export(profileIds, withSecrets)
			if (report) this.#dependencies.post({ type: "exported", report })
		},
	} satisfies Partial<Handlers>

	get importPreview() {
		return this.#transfer.preview
	}

	async #save(message: Message<"save-settings">): Promise<void> {
		const { post, postState, forgetRefusals } = this.#dependencies
		const { profileId, requestId } = message
		const before = this.#settings.profiles.find(({ id }) => id === profileId)
		await this.#settings.save(profileId, message.settings, message, message.base)
		post({ type: "saved", requestId })
		if (before && mayBeAnotherAccount(before.settings, message)) await forgetRefusals(profileId)
		await postState()
	}

	/** Lets the user choose a Roo Code settings file and shows a preview of it. Adds nothing. */
	async chooseImport(): Promise<void> {
		const problem = await this.#transfer.choose()
		if (!problem) return this.#dependencies.postState()
		this.#dependencies.post({ type: "refused", requestId: null, field: "", details: problem })
	}

	stopTest(): void {
		this.#testing?.abort()
	}

	async #test(profileId: string): Promise<void> {
		const { open, post } = this.#dependencies
		const profile = findProfile(this.#settings, profileId)
		this.stopTest()
		const testing = new AbortController()
		this.#testing = testing
		post({ type: "connection-test", profileId, test: { kind: "running" } })
		const test = await testConnection(() => open(profile, testSettings(profile.settings)), testing.signal)
		// If a later test was started, only its result is posted.
		if (this.#testing === testing) post({ type: "connection-test", profileId, test })
	}

	/** @param requestId of the message, if it is answered with `done` */
	async #changed(change: Promise<void> | void, requestId?: string): Promise<void> {
		await change
		const { post, postState } = this.#dependencies
		if (requestId !== undefined) post({ type: "done", requestId })
		await postState()
	}
}

/** Whether the change of credentials or endpoint may lead to another account, whose tiers may differ. */
function mayBeAnotherAccount(
	before: ProfileSettings,
	{ settings, apiKey, staticKeys }: Message<"save-settings">,
): boolean {
	return (
		apiKey !== undefined ||
		staticKeys !== undefined ||
		before.endpoint !== settings.endpoint ||
		JSON.stringify(before.credentials) !== JSON.stringify(settings.credentials)
	)
}
