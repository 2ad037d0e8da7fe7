import { DEFAULT_PROFILE_SETTINGS, profileSettingsSchema, receive } from "@bedrock-tiers/protocol"
import type { ProfileSecrets, ProfileSettings } from "@bedrock-tiers/protocol"
import { providerSettingsSchema, providerSettingsSchemaDiscriminated, type ProviderSettings } from "@roo-code/types"
import { expect } from "vitest"
import { fromRooSettings } from "../from-roo-settings"
import { toRooSettings } from "../to-roo-settings"

/** Conversions to and from Roo Code, validated by its published schema. They do not prove how Roo Code behaves. */

export const SONNET = "anthropic.claude-sonnet-4-5-20250929-v1:0"
export const ACCOUNT = "us-east-1:123456789012"

export const settingsWith = (part: Partial<ProfileSettings> = {}): ProfileSettings => ({
	...DEFAULT_PROFILE_SETTINGS,
	...part,
})

/**
 * Converts settings to Roo Code's as Roo Code stores them: parsed by its schema, which drops unknown fields, then as
 * JSON.
 */
export function writeForRoo(part: Partial<ProfileSettings>, secrets?: ProfileSecrets) {
	const { settings, skipped } = toRooSettings(settingsWith(part), secrets)
	const typed: ProviderSettings = settings
	const stored = providerSettingsSchemaDiscriminated.parse(typed)
	expect(stored).toEqual(settings)
	expect(providerSettingsSchema.parse(typed)).toEqual(settings)
	return { roo: JSON.parse(JSON.stringify(stored)) as ProviderSettings, skipped }
}

/** Validates settings by Roo Code's schema and converts them to ours. */
export function readFromRoo(part: ProviderSettings) {
	const required = { apiProvider: "bedrock", apiModelId: "amazon.nova-pro-v1:0", awsRegion: "us-east-1" }
	const result = fromRooSettings(providerSettingsSchemaDiscriminated.parse({ ...required, ...part }))
	expect(receive(profileSettingsSchema, result.settings)).toMatchObject({ ok: true })
	return { ...result, notes: result.skipped.map(({ code, field }) => `${field}: ${code}`) }
}
