import type { ProfileSettings, Profile, ToHost, ToWebview } from "@bedrock-tiers/protocol"
import type { ApiHandler } from "../../api/index"
import { testConnection, testSettings } from "./connection-test"
import type { ChosenFiles } from "../ports"
import { findProfile, newProfile } from "./profile-list"
import type { Settings } from "./settings"
import { SettingsTransfer } from "./settings-transfer"

export type SettingsRequest = Extract<
	ToHost,
	{
		type:
			| "save-settings"
			| "select-profile"
			| "add-profile"
			| "rename-profile"
			| "duplicate-profile"
			| "delete-profile"
			| "test-connection"
			| "stop-test"
			| "choose-import"
			| "import-profiles"
			| "leave-import"
			| "export-profiles"
	}
>

type SaveSettings = Extract<ToHost, { type: "save-settings" }>

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
	readonly #transfer: SettingsTransfer
	/** Aborts the last connection test; `undefined` before the first test. */
	#testing: AbortController | undefined

	constructor(dependencies: SettingsRequestsDependencies) {
		this.#dependencies = dependencies
		this.#transfer = new SettingsTransfer(dependencies.settings, dependencies.files)
	}

	get importPreview() {
		return this.#transfer.preview
	}

	async handle(message: SettingsRequest): Promise<void> {
		const { settings, post, postState } = this.#dependencies
		switch (message.type) {
			case "save-settings":
				return this.#save(message)
			case "select-profile":
				await settings.select(message.profileId)
				return postState()
			case "add-profile":
				return this.#done(message, settings.add(newProfile(message.name)))
			case "rename-profile":
				return this.#done(message, settings.rename(message.profileId, message.name))
			case "duplicate-profile":
				return this.#done(message, settings.duplicate(message.profileId, message.name))
			case "delete-profile":
				return this.#done(message, settings.delete(message.profileId))
			case "test-connection":
				return this.#test(message.profileId)
			case "stop-test":
				return this.stopTest()
			case "choose-import":
				return this.chooseImport()
			case "import-profiles":
				await this.#transfer.add(message.names)
				return postState()
			case "leave-import":
				this.#transfer.leave()
				return postState()
			case "export-profiles": {
				const report = await this.#transfer.export(message.profileIds, message.withSecrets)
				return report && post({ type: "exported", report })
			}
		}
	}

	async #save(message: SaveSettings): Promise<void> {
		const { settings, post, postState, forgetRefusals } = this.#dependencies
		const { profileId, requestId } = message
		const before = settings.profiles.find(({ id }) => id === profileId)
		await settings.save(profileId, message.settings, message, message.base)
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
		const { settings, open, post } = this.#dependencies
		const profile = findProfile(settings, profileId)
		this.stopTest()
		const testing = new AbortController()
		this.#testing = testing
		post({ type: "connection-test", profileId, test: { kind: "running" } })
		const test = await testConnection(() => open(profile, testSettings(profile.settings)), testing.signal)
		// If a later test was started, only its result is posted.
		if (this.#testing === testing) post({ type: "connection-test", profileId, test })
	}

	async #done({ requestId }: { readonly requestId: string }, change: Promise<void>): Promise<void> {
		await change
		this.#dependencies.post({ type: "done", requestId })
		await this.#dependencies.postState()
	}
}

/** Whether the change of credentials or endpoint may lead to another account, whose tiers may differ. */
function mayBeAnotherAccount(before: ProfileSettings, { settings, apiKey, staticKeys }: SaveSettings): boolean {
	return (
		apiKey !== undefined ||
		staticKeys !== undefined ||
		before.endpoint !== settings.endpoint ||
		JSON.stringify(before.credentials) !== JSON.stringify(settings.credentials)
	)
}
