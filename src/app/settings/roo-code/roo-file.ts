import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import {
	MAX_PROFILE_NAME,
	profileSettingsSchema,
	receive,
	type Profile,
	type ProfileSecrets,
} from "@bedrock-tiers/protocol"
import type { ImportedProfile } from "../settings"
import { fromRooSettings } from "./from-roo-settings"
import { toRooSettings } from "./to-roo-settings"
import type { SkippedSetting } from "./roo-settings"

/**
 * The settings file that Roo Code exports and imports: `providerProfiles` with `currentApiConfigName` and `apiConfigs`
 * by name, and `globalSettings`, which we ignore. Source: Roo Code 3.52.1, import and export.
 */

/** A profile of the file that can be imported, with its name in the file. */
export type RooFileProfile = ImportedProfile & { readonly skipped: readonly SkippedSetting[] }

export type RooFile =
	| {
			readonly ok: true
			readonly profiles: readonly RooFileProfile[]
			/** Profiles of other providers, and profiles that cannot be read. */
			readonly leftOut: readonly { readonly name: string; readonly reason: readonly ErrorDetail[] }[]
	  }
	| { readonly ok: false; readonly detail: ErrorDetail }

/** Far above what users have. */
const MAX_PROFILES = 500

/** Never throws: for an invalid file, the result says why. */
export function readRooFile(text: string): RooFile {
	const configs = readConfigs(text)
	if (!configs.ok) return configs
	const entries = Object.entries(configs.byName)
	if (entries.length > MAX_PROFILES)
		return { ok: false, detail: detail("roo.too-many-profiles", { profiles: entries.length, max: MAX_PROFILES }) }
	const profiles = entries.map(([name, config]) => ({ name, ...readConfig(config) }))
	return {
		ok: true,
		profiles: profiles.flatMap((profile) => ("reason" in profile ? [] : [profile])),
		leftOut: profiles.flatMap((profile) =>
			"reason" in profile ? [{ name: profile.name, reason: profile.reason }] : [],
		),
	}
}

/** Makes a valid profile name: one line, not too long, not empty. */
export function nameFromRoo(name: string): string {
	const line = name.replace(/\p{Cc}+/gu, " ").trim()
	return Array.from(line).slice(0, MAX_PROFILE_NAME).join("").slice(0, MAX_PROFILE_NAME).trim() || "Roo Code"
}

/** Creates a file that Roo Code can import. It contains secrets only if they are passed. */
export function writeRooFile(
	profiles: readonly { readonly profile: Profile; readonly secrets?: ProfileSecrets }[],
	currentName: string,
): { readonly text: string; readonly profiles: readonly { name: string; skipped: readonly SkippedSetting[] }[] } {
	const written = profiles.map(({ profile, secrets }) => ({
		name: profile.name,
		...toRooSettings(profile.settings, secrets),
	}))
	const file = {
		providerProfiles: {
			currentApiConfigName: written.find(({ name }) => name === currentName)?.name ?? written[0]?.name ?? "",
			apiConfigs: Object.fromEntries(written.map(({ name, settings }) => [name, settings])),
		},
		globalSettings: {},
	}
	return {
		text: `${JSON.stringify(file, null, 2)}\n`,
		profiles: written.map(({ name, skipped }) => ({ name, skipped })),
	}
}

/** The value of `apiConfigs`, or why it cannot be read. */
function readConfigs(text: string): { ok: true; byName: object } | { ok: false; detail: ErrorDetail } {
	let file: unknown
	try {
		file = JSON.parse(text)
	} catch {
		return { ok: false, detail: detail("roo.not-json") }
	}
	const configs = member(member(file, "providerProfiles"), "apiConfigs")
	return isObject(configs) ? { ok: true, byName: configs } : { ok: false, detail: detail("roo.no-profiles") }
}

function readConfig(config: unknown): Omit<RooFileProfile, "name"> | { readonly reason: ErrorDetail[] } {
	if (!isObject(config)) return { reason: [detail("roo.profile-unreadable")] }
	const { id: _rooId, ...values } = config as Record<string, unknown>
	const { apiProvider } = values
	if (apiProvider !== "bedrock")
		return {
			reason: [
				typeof apiProvider === "string"
					? detail("roo.other-provider", { provider: shortened(apiProvider) })
					: detail("roo.provider-missing"),
			],
		}
	const { settings, secrets, skipped } = fromRooSettings(values)
	const received = receive(profileSettingsSchema, settings)
	return received.ok
		? { settings: received.message, secrets, skipped }
		: { reason: [detail("roo.profile-invalid", { field: received.field, problem: received.details })] }
}

function shortened(text: string): string {
	return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function member(value: unknown, key: string): unknown {
	return isObject(value) && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
}

function isObject(value: unknown): value is object {
	return typeof value === "object" && value !== null && !Array.isArray(value)
}
