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
import { detail } from "@bedrock-tiers/error-details"
import type { Confirm, KeyValueStore, SecretStore, SharedStore } from "../ports"
import { RequestRefused } from "../request-refused"
import { newCredentialUses } from "./credential-uses"
import {
	findProfile,
	neighbourOf,
	newProfile,
	withName,
	withoutProfile,
	withProfile,
	withSettings,
} from "./profile-list"

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
	// eslint-disable-next-line bedrock-tiers/untranslated-text -- a profile name, which is not translated
	name: "Local demo (emulator)",
	kind: "demo",
	settings: DEFAULT_PROFILE_SETTINGS,
}

export type SettingsDependencies = {
	/** Values shared by all windows. */
	readonly store: SharedStore
	/** State of this window: its active profile. */
	readonly window: KeyValueStore
	readonly secrets: SecretStore
	readonly confirm: Confirm
	/** Whether a local emulator runs. */
	readonly demo: boolean
}

export type ImportedProfile = {
	readonly name: string
	readonly settings: ProfileSettings
	readonly secrets: ProfileSecrets
}

/**
 * The profiles, and the active profile of this window. Secrets are stored separately: an API key and static keys for
 * each profile. The user confirms each change by which credentials would be sent to a new destination. Methods that
 * change profiles throw RequestRefused when the change is not possible or not confirmed; nothing is changed then.
 */
export class Settings {
	readonly #dependencies: SettingsDependencies
	#stored: StoredSettings
	#activeProfileId: string
	/** The last change of this window, pending or settled; never rejects. */
	#lastChange: Promise<unknown> = Promise.resolve()

	constructor(dependencies: SettingsDependencies) {
		this.#dependencies = dependencies
		const { store, window } = dependencies
		this.#stored = this.#read(store.get(SETTINGS_KEY)) ?? this.#firstSettings()
		const active = window.get(ACTIVE_PROFILE_KEY)
		this.#activeProfileId = typeof active === "string" ? active : this.#stored.activeProfileId
	}

	/** All profiles; the demo profile only while its emulator runs. */
	get profiles(): Profile[] {
		return this.#stored.profiles.filter((profile) => this.#dependencies.demo || profile.kind !== "demo")
	}

	get activeProfile(): Profile {
		const { profiles } = this
		return profiles.find(({ id }) => id === this.#activeProfileId) ?? profiles[0] ?? DEFAULT_PROFILE
	}

	/** Makes a profile active in this window, and in windows that are opened later. */
	async select(profileId: string): Promise<void> {
		findProfile(this, profileId)
		await this.#change((stored) => ({ ...stored, activeProfileId: findProfile(stored, profileId).id }))
		await this.#activate(profileId)
	}

	/**
	 * @param base the stored settings when editing began: only differences from it are saved; without it, all settings
	 *   are saved
	 */
	async save(
		profileId: string,
		settings: ProfileSettings,
		secrets: SecretEdits = {},
		base?: ProfileSettings,
	): Promise<void> {
		findProfile(this, profileId)
		await this.#change((stored) => withSettings(stored, profileId, settings, base), { profileId, edits: secrets })
	}

	/** Adds a profile and makes it active. */
	async add(profile: Profile, secrets: SecretEdits = {}): Promise<void> {
		await this.#change((stored) => ({ ...withProfile(stored, profile), activeProfileId: profile.id }), {
			profileId: profile.id,
			edits: secrets,
		})
		await this.#activate(profile.id)
	}

	/** Adds several profiles. A name that is already used is made unique. The active profile does not change. */
	async import(imports: readonly ImportedProfile[]): Promise<void> {
		const added = imports.map(({ name, settings, secrets }) => ({ profile: newProfile(name, settings), secrets }))
		await this.#change((stored) =>
			added.reduce((previous, { profile }) => {
				const name = uniqueName(profile.name, previous.profiles)
				return withProfile(previous, { ...profile, name })
			}, stored),
		)
		for (const { profile, secrets } of added) await this.#setSecrets(profile.id, secrets)
	}

	async rename(profileId: string, name: string): Promise<void> {
		findProfile(this, profileId)
		await this.#change((stored) => withName(stored, profileId, name))
	}

	/** Copies a profile with its settings and without its secrets, and makes the copy active. */
	async duplicate(profileId: string, name: string): Promise<void> {
		const { id } = newProfile(name)
		await this.add({ ...findProfile(this, profileId), id, name })
	}

	/** Deletes a profile and its secrets. */
	async delete(profileId: string): Promise<void> {
		findProfile(this, profileId)
		const neighbour = neighbourOf(this.profiles, profileId)
		await this.#change((stored) => withoutProfile(stored, profileId))
		await this.#setSecrets(profileId, { apiKey: null, staticKeys: null })
		if (this.#activeProfileId === profileId && neighbour) await this.#activate(neighbour.id)
	}

	/**
	 * Reads the settings again, which another window may have written. The active profile of this window does not
	 * change.
	 * @returns whether the profiles have changed
	 */
	reload(): boolean {
		this.#dependencies.store.reload()
		const before = JSON.stringify(this.#stored.profiles)
		this.#stored = this.#read(this.#dependencies.store.get(SETTINGS_KEY)) ?? this.#stored
		return JSON.stringify(this.#stored.profiles) !== before
	}

	async secrets(profileId: string): Promise<ProfileSecrets> {
		const [apiKey, text] = await Promise.all([
			this.#dependencies.secrets.get(secretKey("apiKey", profileId)),
			this.#dependencies.secrets.get(secretKey("staticKeys", profileId)),
		])
		const staticKeys = text === undefined ? undefined : readStaticKeys(text)
		return { ...(apiKey === undefined ? {} : { apiKey }), ...(staticKeys === undefined ? {} : { staticKeys }) }
	}

	/** Ids of the profiles that have secrets. The webview gets no other information about secrets. */
	async secretsSetFor(): Promise<{ apiKeySetFor: string[]; staticKeysSetFor: string[] }> {
		const ids = this.profiles.map(({ id }) => id)
		const secrets = await Promise.all(ids.map((id) => this.secrets(id)))
		const idsWith = (kind: SecretKind) => ids.filter((_, index) => secrets[index]?.[kind] !== undefined)
		return { apiKeySetFor: idsWith("apiKey"), staticKeysSetFor: idsWith("staticKeys") }
	}

	async #setSecrets(profileId: string, { apiKey, staticKeys }: SecretEdits): Promise<void> {
		await this.#setSecret("apiKey", profileId, apiKey)
		await this.#setSecret("staticKeys", profileId, staticKeys && JSON.stringify(staticKeys))
	}

	async #setSecret(kind: SecretKind, profileId: string, value: string | null | undefined): Promise<void> {
		if (value === null) await this.#dependencies.secrets.delete(secretKey(kind, profileId))
		else if (value !== undefined) await this.#dependencies.secrets.set(secretKey(kind, profileId), value)
	}

	async #activate(profileId: string): Promise<void> {
		this.#activeProfileId = profileId
		await this.#dependencies.window.set(ACTIVE_PROFILE_KEY, profileId)
	}

	/**
	 * Applies a change to the currently stored settings, which another window may have written, and to the secrets of one
	 * profile. Changes of this window wait for each other. The user is asked before the file is locked; the change is
	 * refused if, because of another window, it would need another confirmation by then.
	 */
	#change(
		edit: (stored: StoredSettings) => StoredSettings,
		secrets: SecretsChange = { profileId: "", edits: {} },
	): Promise<void> {
		const change = this.#lastChange.then(() => this.#confirmAndWrite(edit, secrets))
		this.#lastChange = change.catch(() => undefined)
		return change
	}

	async #confirmAndWrite(
		edit: (stored: StoredSettings) => StoredSettings,
		{ profileId, edits }: SecretsChange,
	): Promise<void> {
		const { store, confirm } = this.#dependencies
		const { apiKeySetFor, staticKeysSetFor } = await this.secretsSetFor()
		const setFor = { apiKey: apiKeySetFor, staticKeys: staticKeysSetFor }
		const isStored = (kind: SecretKind, id: string) => setFor[kind].includes(id)
		const usesOf = (before: StoredSettings, after: StoredSettings) =>
			newCredentialUses(before.profiles, after.profiles, { isStored, profileId, edits })

		const uses = usesOf(this.#stored, edit(this.#stored))
		if (uses.length > 0 && !(await confirm({ action: "send-credentials", uses }))) throw notConfirmed()
		const confirmed = new Set(uses.map((use) => JSON.stringify(use)))
		const before = await this.secrets(profileId)
		// A replaced secret must be gone when its profile gets a new endpoint, because a request may begin at any time.
		await this.#setSecrets(profileId, edits)
		try {
			let edited = this.#stored
			await store.update(SETTINGS_KEY, (value) => {
				const stored = this.#read(value) ?? this.#stored
				edited = edit(stored)
				if (!usesOf(stored, edited).every((use) => confirmed.has(JSON.stringify(use)))) throw notConfirmed()
				return toStored(edited)
			})
			this.#stored = edited
		} catch (error) {
			// After a change of another window the previous secret may belong to another destination.
			const { apiKey = null, staticKeys = null } = error instanceof RequestRefused ? {} : before
			await this.#setSecrets(profileId, {
				...(edits.apiKey === undefined ? {} : { apiKey }),
				...(edits.staticKeys === undefined ? {} : { staticKeys }),
			})
			throw error
		}
	}

	/** `undefined` when no valid settings are stored. */
	#read(value: unknown): StoredSettings | undefined {
		const received = receive(storedSettingsSchema, fromStored(value))
		if (!received.ok) return undefined
		const { message } = received
		const hasDemo = message.profiles.some(({ id }) => id === DEMO_PROFILE_ID)
		return this.#dependencies.demo && !hasDemo
			? { ...message, profiles: [...message.profiles, DEMO_PROFILE] }
			: message
	}

	#firstSettings(): StoredSettings {
		return this.#dependencies.demo
			? { version: 1, activeProfileId: DEMO_PROFILE.id, profiles: [DEFAULT_PROFILE, DEMO_PROFILE] }
			: { version: 1, activeProfileId: DEFAULT_PROFILE.id, profiles: [DEFAULT_PROFILE] }
	}
}

/** Whether a value of the settings file is valid: `FileStore` quarantines a file with an invalid one. */
export function isValidSettingsValue(key: string, value: unknown): boolean {
	return key !== SETTINGS_KEY || receive(storedSettingsSchema, fromStored(value)).ok
}

function toStored({ profiles, ...settings }: StoredSettings): unknown {
	return {
		...settings,
		profiles: profiles.map((one) => ({ ...one, settings: toStoredProfileSettings(one.settings) })),
	}
}

/** Renames stored members. Returns a value that is not settings unchanged. */
function fromStored(value: unknown): unknown {
	const { profiles } = (value ?? {}) as { readonly profiles?: unknown }
	if (!Array.isArray(profiles)) return value
	const fromStoredProfile = (profile: unknown) =>
		typeof profile === "object" && profile !== null && "settings" in profile
			? { ...profile, settings: fromStoredProfileSettings(profile.settings) }
			: profile
	return { ...(value as object), profiles: profiles.map(fromStoredProfile) }
}

function notConfirmed(): RequestRefused {
	return new RequestRefused(detail("action-not-confirmed"))
}

type SecretKind = keyof ProfileSecrets
type SecretsChange = { readonly profileId: string; readonly edits: SecretEdits }

function secretKey(kind: SecretKind, profileId: string): string {
	return `${kind}:${profileId}`
}

/** `undefined` when the stored keys are invalid: they count as not set, and can be entered again. */
function readStaticKeys(text: string): StaticKeys | undefined {
	try {
		const received = receive(staticKeysSchema, JSON.parse(text))
		return received.ok ? received.message : undefined
	} catch {
		return undefined
	}
}
