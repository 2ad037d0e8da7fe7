import { DEFAULT_PROFILE_SETTINGS, profileSettingsSchema, receive } from "@bedrock-tiers/protocol"
import type { ProfileSecrets, ProfileSettings } from "@bedrock-tiers/protocol"
import { providerSettingsSchema, providerSettingsSchemaDiscriminated, type ProviderSettings } from "@roo-code/types"
import { expect } from "vitest"
import { fromRooSettings } from "../from-roo-settings"
import { toRooSettings } from "../to-roo-settings"

/** Both ways through the published schema of Roo Code's settings. That Roo Code does what it says is not proven by it. */

export const SONNET = "anthropic.claude-sonnet-4-5-20250929-v1:0"
export const ACCOUNT = "us-east-1:123456789012"

export const ours = (part: Partial<ProfileSettings> = {}): ProfileSettings => ({ ...DEFAULT_PROFILE_SETTINGS, ...part })

/** As Roo Code stores them: by the schema that drops what it does not know, through JSON. */
export function written(part: Partial<ProfileSettings>, secrets?: ProfileSecrets) {
	const { settings, untaken } = toRooSettings(ours(part), secrets)
	const typed: ProviderSettings = settings
	const stored = providerSettingsSchemaDiscriminated.parse(typed)
	expect(stored).toEqual(settings)
	expect(providerSettingsSchema.parse(typed)).toEqual(settings)
	return { roo: JSON.parse(JSON.stringify(stored)) as ProviderSettings, untaken }
}

/** What Roo Code's schema accepts, read by us. */
export function read(part: ProviderSettings) {
	const readable = { apiProvider: "bedrock", apiModelId: "amazon.nova-pro-v1:0", awsRegion: "us-east-1" }
	const taken = fromRooSettings(providerSettingsSchemaDiscriminated.parse({ ...readable, ...part }))
	if (!taken.ok) throw new Error(taken.sentence)
	expect(receive(profileSettingsSchema, taken.settings)).toMatchObject({ ok: true })
	return { ...taken, notes: taken.untaken.map(({ code, field }) => `${field}: ${code}`) }
}
