import {
	DEFAULT_PROFILE_SETTINGS,
	DEMO_PROFILE_ID,
	fromStoredProfileSettings,
	receive,
	staticKeysSchema,
	storedSettingsSchema,
	toStoredProfileSettings,
	uniqueName,
	type Profile,
	type ProfileSecrets,
	type ProfileSettings,
	type SecretEdits,
	type StaticKeys,
	type StoredSettings,
} from "@bedrock-tiers/protocol"
import type { KeyValueStore, ReportProblem, SecretStore, SharedStore } from "../ports"
import {
	findProfile,
	neighbourOf,
	newProfile,
	withName,
	withoutProfile,
	withProfile,
	withSettings,
} from "./profile-list"
import { quarantineNames } from "../storage/quarantine"
import { t } from "@bedrock-tiers/core"

const SETTINGS_KEY = "settings"
const ACTIVE_PROFILE_KEY = "activeProfile"

const DEFAULT_PROFILE: Profile = {
	id: "default",
	name: "Amazon Bedrock",
	kind: "aws",
	settings: DEFAULT_PROFILE_SETTINGS,
}
const DEMO_PROFILE: Profile = {
	id: DEMO_PROFILE_ID,
	name: "Local demo (emulator)",
	kind: "demo",
	settings: DEFAULT_PROFILE_SETTINGS,
}

export type SettingsDependencies = {
	/** For all windows. */
	readonly store: SharedStore
	/** For this one: which profile it uses. */
	readonly window: KeyValueStore
	readonly secrets: SecretStore
	/** Whether a local emulator is there to talk to. */
	readonly demo: boolean
	readonly reportProblem: ReportProblem
}

export type ImportedProfile = {
	readonly name: string
	readonly settings: ProfileSettings
	readonly secrets: ProfileSecrets
}

type EditSettings = (stored: StoredSettings) => StoredSettings

/**
 * The profiles and which one is in use here. Secrets lie apart: for each profile an API key and static keys. All that
 * changes profiles throws ProfileRefused where it cannot be done; nothing is changed then.
 */
export class Settings {
	readonly #store: SharedStore
	readonly #window: KeyValueStore
	readonly #secrets: SecretStore
	readonly #demo: boolean
	readonly #reportProblem: ReportProblem
	#stored: StoredSettings
	#activeProfileId: string

	constructor({ store, window, secrets, demo, reportProblem }: SettingsDependencies) {
		this.#store = store
		this.#window = window
		this.#secrets = secrets
		this.#demo = demo
		this.#reportProblem = reportProblem
		this.#stored = this.#read(store.get(SETTINGS_KEY)) ?? this.#firstSettings()
		const active = window.get(ACTIVE_PROFILE_KEY)
		this.#activeProfileId = typeof active === "string" ? active : this.#stored.activeProfileId
	}

	/** The demo profile is there only while its emulator is. */
	get profiles(): Profile[] {
		return this.#stored.profiles.filter((profile) => this.#demo || profile.kind !== "demo")
	}

	get activeProfile(): Profile {
		const { profiles } = this
		return profiles.find(({ id }) => id === this.#activeProfileId) ?? profiles[0] ?? DEFAULT_PROFILE
	}

	/** In this window, and in those that are opened from now on. */
	async select(profileId: string): Promise<void> {
		findProfile(this, profileId)
		await this.#change((stored) => ({ ...stored, activeProfileId: findProfile(stored, profileId).id }))
		await this.#activate(profileId)
	}

	/** @param base what was stored when the editing began; absent = all of the settings are meant */
	async save(
		profileId: string,
		settings: ProfileSettings,
		secrets: SecretEdits = {},
		base?: ProfileSettings,
	): Promise<void> {
		findProfile(this, profileId)
		await this.#change((stored) => withSettings(stored, profileId, settings, base))
		await this.#setSecrets(profileId, secrets)
	}

	/** It is in use then. */
	async add(profile: Profile, secrets: SecretEdits = {}): Promise<void> {
		await this.#change((stored) => ({ ...withProfile(stored, profile), activeProfileId: profile.id }))
		await this.#setSecrets(profile.id, secrets)
		await this.#activate(profile.id)
	}

	/** Many at once, each under its name or, where that is taken, one made from it. The profile in use stays so. */
	async import(imports: readonly ImportedProfile[]): Promise<void> {
		const added: { readonly id: string; readonly secrets: ProfileSecrets }[] = []
		await this.#change((stored) =>
			imports.reduce((before, { name, settings, secrets }) => {
				const profile = newProfile(uniqueName(name, before.profiles), settings)
				added.push({ id: profile.id, secrets })
				return withProfile(before, profile)
			}, stored),
		)
		for (const { id, secrets } of added) await this.#setSecrets(id, secrets)
	}

	async rename(profileId: string, name: string): Promise<void> {
		findProfile(this, profileId)
		await this.#change((stored) => withName(stored, profileId, name))
	}

	/** With its settings and without its secrets. The new one is in use then. */
	async duplicate(profileId: string, name: string): Promise<void> {
		const { id } = newProfile(name)
		await this.add({ ...findProfile(this, profileId), id, name })
	}

	/** With its secrets. */
	async delete(profileId: string): Promise<void> {
		findProfile(this, profileId)
		const neighbour = neighbourOf(this.profiles, profileId)
		await this.#change((stored) => withoutProfile(stored, profileId))
		await this.#setSecrets(profileId, { apiKey: null, staticKeys: null })
		if (this.#activeProfileId === profileId && neighbour) await this.#activate(neighbour.id)
	}

	/**
	 * Reads what another window may have written. Which profile is in use here stays so.
	 * @returns whether anything is different
	 */
	reload(): boolean {
		this.#store.reload()
		const before = JSON.stringify(this.#stored.profiles)
		this.#stored = this.#fitting(this.#store.get(SETTINGS_KEY)) ?? this.#stored
		return JSON.stringify(this.#stored.profiles) !== before
	}

	async secrets(profileId: string): Promise<ProfileSecrets> {
		const [apiKey, text] = await Promise.all([
			this.#secrets.get(secretKey("apiKey", profileId)),
			this.#secrets.get(secretKey("staticKeys", profileId)),
		])
		const staticKeys = text === undefined ? undefined : readStaticKeys(text)
		return { ...(apiKey === undefined ? {} : { apiKey }), ...(staticKeys === undefined ? {} : { staticKeys }) }
	}

	/** Which profiles have which secrets: all that the webview learns of them. */
	async secretsSetFor(): Promise<{ apiKeySetFor: string[]; staticKeysSetFor: string[] }> {
		const ids = this.profiles.map(({ id }) => id)
		const secrets = await Promise.all(ids.map((id) => this.secrets(id)))
		const having = (kind: SecretKind) => ids.filter((_, index) => secrets[index]?.[kind] !== undefined)
		return { apiKeySetFor: having("apiKey"), staticKeysSetFor: having("staticKeys") }
	}

	async #setSecrets(profileId: string, { apiKey, staticKeys }: SecretEdits): Promise<void> {
		await this.#setSecret("apiKey", profileId, apiKey)
		await this.#setSecret("staticKeys", profileId, staticKeys && JSON.stringify(staticKeys))
	}

	async #setSecret(kind: SecretKind, profileId: string, value: string | null | undefined): Promise<void> {
		if (value === null) await this.#secrets.delete(secretKey(kind, profileId))
		else if (value !== undefined) await this.#secrets.set(secretKey(kind, profileId), value)
	}

	async #activate(profileId: string): Promise<void> {
		this.#activeProfileId = profileId
		await this.#window.set(ACTIVE_PROFILE_KEY, profileId)
	}

	/** On what is stored by then: another window may have written. */
	async #change(edit: EditSettings): Promise<void> {
		let edited = this.#stored
		await this.#store.update(SETTINGS_KEY, (value) => {
			edited = edit(this.#read(value) ?? this.#stored)
			return toStored(edited)
		})
		this.#stored = edited
	}

	/** Undefined = nothing is stored that fits. Settings that do not fit are put aside, not lost. */
	#read(value: unknown): StoredSettings | undefined {
		const received = receive(storedSettingsSchema, fromStored(value))
		if (received.ok || value === undefined) return this.#fitting(value)
		const problem = t("The stored settings could not be read ({0}: {1}).", received.field, received.problem)
		void this.#quarantine(value)
			.catch(() => false)
			.then((isKept) => (isKept ? t("They were put aside.") : t("They could not be put aside either.")))
			.then((end) => this.#reportProblem(`${problem} ${end}`))
		return undefined
	}

	/** Under the first name that is free, or has the same already; false when there is none. Rejects when it cannot be written. */
	async #quarantine(value: unknown): Promise<boolean> {
		const text = JSON.stringify(value)
		for (const key of quarantineNames(SETTINGS_KEY)) {
			const known = this.#store.get(key)
			if (known !== undefined && JSON.stringify(known) !== text) continue
			let isKept = false
			await this.#store.update(key, (there) => {
				isKept = there === undefined || JSON.stringify(there) === text
				return isKept ? value : there
			})
			if (isKept) return true
		}
		return false
	}

	#fitting(value: unknown): StoredSettings | undefined {
		const received = receive(storedSettingsSchema, fromStored(value))
		if (!received.ok) return undefined
		const { message } = received
		const hasDemo = message.profiles.some(({ id }) => id === DEMO_PROFILE_ID)
		return this.#demo && !hasDemo ? { ...message, profiles: [...message.profiles, DEMO_PROFILE] } : message
	}

	#firstSettings(): StoredSettings {
		return this.#demo
			? { version: 1, activeProfileId: DEMO_PROFILE.id, profiles: [DEFAULT_PROFILE, DEMO_PROFILE] }
			: { version: 1, activeProfileId: DEFAULT_PROFILE.id, profiles: [DEFAULT_PROFILE] }
	}
}

function toStored({ profiles, ...settings }: StoredSettings): unknown {
	return {
		...settings,
		profiles: profiles.map((one) => ({ ...one, settings: toStoredProfileSettings(one.settings) })),
	}
}

/** Anything but settings is returned as it is. */
function fromStored(value: unknown): unknown {
	const { profiles } = (value ?? {}) as { readonly profiles?: unknown }
	if (!Array.isArray(profiles)) return value
	const fromStoredProfile = (profile: unknown) =>
		typeof profile === "object" && profile !== null && "settings" in profile
			? { ...profile, settings: fromStoredProfileSettings(profile.settings) }
			: profile
	return { ...(value as object), profiles: profiles.map(fromStoredProfile) }
}

type SecretKind = keyof ProfileSecrets

function secretKey(kind: SecretKind, profileId: string): string {
	return `${kind}:${profileId}`
}

/** Undefined where what is stored cannot be read: it counts as not set, and can be entered again. */
function readStaticKeys(text: string): StaticKeys | undefined {
	try {
		const received = receive(staticKeysSchema, JSON.parse(text))
		return received.ok ? received.message : undefined
	} catch {
		return undefined
	}
}
