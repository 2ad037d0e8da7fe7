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
	/** A connection by the profile, with settings in place of its own. */
	readonly open: (profile: Profile, settings: ProfileSettings) => Promise<ApiHandler>
	/** Of a profile that may stand for another account now. */
	readonly forgetRefusals: (profileId: string) => Promise<void>
	readonly post: (message: ToWebview) => void
	readonly postState: () => Promise<void>
}

/** What the settings page asks for. Throws ProfileRefused where it cannot be done to the profiles. */
export class SettingsRequests {
	readonly #dependencies: SettingsRequestsDependencies
	readonly #transfer: SettingsTransfer
	/** The last test of a connection. */
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

	/** Lets the person choose a file of Roo Code's settings, and shows what is in it. Nothing is added by that. */
	async chooseImport(): Promise<void> {
		const sentence = await this.#transfer.choose()
		if (sentence === undefined) return this.#dependencies.postState()
		this.#dependencies.post({ type: "refused", requestId: null, field: "", message: sentence })
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
		// A later one tells of itself.
		if (this.#testing === testing) post({ type: "connection-test", profileId, test })
	}

	async #done({ requestId }: { readonly requestId: string }, work: Promise<void>): Promise<void> {
		await work
		this.#dependencies.post({ type: "done", requestId })
		await this.#dependencies.postState()
	}
}

/** Who signs otherwise, or asks elsewhere, may be told something else. */
function mayBeAnotherAccount(before: ProfileSettings, { settings, apiKey, staticKeys }: SaveSettings): boolean {
	return (
		apiKey !== undefined ||
		staticKeys !== undefined ||
		before.endpoint !== settings.endpoint ||
		JSON.stringify(before.credentials) !== JSON.stringify(settings.credentials)
	)
}
