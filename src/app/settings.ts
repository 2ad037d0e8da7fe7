import {
	DEFAULT_PROFILE_SETTINGS,
	receive,
	staticKeysSchema,
	storedSettingsSchema,
	type Profile,
	type ProfileSecrets,
	type ProfileSettings,
	type SecretEdits,
	type StaticKeys,
	type StoredSettings,
} from "@bedrock-tiers/protocol"
import type { KeyValueStore, ReportProblem, SecretStore } from "./ports"
import { t } from "./translate"

const SETTINGS_KEY = "settings"
const DAMAGED_SETTINGS_KEY = "settings.damaged"
const DEMO_PROFILE_ID = "demo"

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
	readonly store: KeyValueStore
	readonly secrets: SecretStore
	/** Whether a local emulator is there to talk to. */
	readonly demo: boolean
	readonly reportProblem: ReportProblem
}

/** The profiles and which one is in use. Secrets lie apart: for each profile an API key and static keys. */
export class Settings {
	readonly #store: KeyValueStore
	readonly #secrets: SecretStore
	readonly #demo: boolean
	#stored: StoredSettings

	constructor({ store, secrets, demo, reportProblem }: SettingsDependencies) {
		this.#store = store
		this.#secrets = secrets
		this.#demo = demo
		this.#stored = this.#load(reportProblem)
	}

	/** The demo profile is there only while its emulator is. */
	get profiles(): Profile[] {
		return this.#stored.profiles.filter((profile) => this.#demo || profile.kind !== "demo")
	}

	get activeProfile(): Profile {
		const { profiles } = this
		return profiles.find(({ id }) => id === this.#stored.activeProfileId) ?? profiles[0] ?? DEFAULT_PROFILE
	}

	/** @returns false when there is no such profile; nothing is changed then */
	async select(profileId: string): Promise<boolean> {
		if (!this.#has(profileId)) return false
		await this.#write({ ...this.#stored, activeProfileId: profileId })
		return true
	}

	/**
	 * @returns false when there is no such profile; nothing is changed then
	 */
	async save(profileId: string, settings: ProfileSettings, secrets: SecretEdits = {}): Promise<boolean> {
		if (!this.#has(profileId)) return false
		const { apiKey, staticKeys } = secrets
		await this.#setSecret("apiKey", profileId, apiKey)
		await this.#setSecret("staticKeys", profileId, staticKeys && JSON.stringify(staticKeys))
		const profiles = this.#stored.profiles.map((profile) =>
			profile.id === profileId ? { ...profile, settings } : profile,
		)
		await this.#write({ ...this.#stored, profiles })
		return true
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

	async #setSecret(kind: SecretKind, profileId: string, value: string | null | undefined): Promise<void> {
		if (value === null) await this.#secrets.delete(secretKey(kind, profileId))
		else if (value !== undefined) await this.#secrets.set(secretKey(kind, profileId), value)
	}

	#has(profileId: string): boolean {
		return this.profiles.some(({ id }) => id === profileId)
	}

	async #write(settings: StoredSettings): Promise<void> {
		await this.#store.set(SETTINGS_KEY, settings)
		this.#stored = settings
	}

	/** Settings that do not fit are put aside, not lost. */
	#load(reportProblem: ReportProblem): StoredSettings {
		const value = this.#store.get(SETTINGS_KEY)
		if (value === undefined) return this.#firstSettings()
		const received = receive(storedSettingsSchema, value)
		if (!received.ok) {
			const problem = t("The stored settings could not be read ({0}: {1}).", received.field, received.problem)
			this.#store.set(DAMAGED_SETTINGS_KEY, value).then(
				() => reportProblem(`${problem} ${t("They were put aside.")}`),
				() => reportProblem(`${problem} ${t("They could not be put aside either.")}`),
			)
			return this.#firstSettings()
		}
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
