import { detail } from "@bedrock-tiers/error-details"
import { RequestRefused } from "../request-refused"
import { randomUUID } from "node:crypto"
import {
	DEFAULT_PROFILE_SETTINGS,
	hasName,
	isDeletable,
	type Profile,
	type ProfileSettings,
	type StoredSettings,
} from "@bedrock-tiers/protocol"

/** A new profile with these settings. The name is not validated. */
export function newProfile(name: string, settings: ProfileSettings = DEFAULT_PROFILE_SETTINGS): Profile {
	return { id: randomUUID(), name, kind: "aws", settings }
}

/** Adds a profile. Throws RequestRefused when another profile has its name. */
export function withProfile(stored: StoredSettings, profile: Profile): StoredSettings {
	rejectDuplicateName(stored, profile.name)
	return { ...stored, profiles: [...stored.profiles, profile] }
}

/** Renames a profile. Throws RequestRefused when it does not exist or another profile has the name. */
export function withName(stored: StoredSettings, profileId: string, name: string): StoredSettings {
	const { profiles } = stored
	rejectDuplicateName({ profiles: profiles.filter(({ id }) => id !== profileId) }, name)
	return changed(stored, profileId, (profile) => ({ ...profile, name }))
}

/**
 * Changes the settings that differ from `base`, or all without `base`. Throws RequestRefused when the profile does not
 * exist.
 */
export function withSettings(
	stored: StoredSettings,
	profileId: string,
	settings: ProfileSettings,
	base?: ProfileSettings,
): StoredSettings {
	return changed(stored, profileId, (profile) => ({
		...profile,
		settings: base ? { ...profile.settings, ...changesSince(base, settings) } : settings,
		...(settings.serviceTier === "priority" ? { knowsPriority: true } : {}),
	}))
}

/** Deletes a profile. Throws RequestRefused when it does not exist or cannot be deleted. */
export function withoutProfile(stored: StoredSettings, profileId: string): StoredSettings {
	const { profiles } = stored
	const profile = findProfile(stored, profileId)
	if (!isDeletable(profile, profiles))
		throw new RequestRefused(detail("profile.not-deletable", { name: profile.name }), "profileId")
	return { ...stored, profiles: profiles.filter(({ id }) => id !== profileId) }
}

/** The profile that becomes active when this one is deleted: the next, or the previous one if it is the last. */
export function neighbourOf(profiles: readonly Profile[], profileId: string): Profile | undefined {
	const index = profiles.findIndex(({ id }) => id === profileId)
	return profiles[index + 1] ?? profiles[index - 1]
}

/** Throws RequestRefused when the profile does not exist. */
export function findProfile({ profiles }: Pick<StoredSettings, "profiles">, profileId: string): Profile {
	const profile = profiles.find(({ id }) => id === profileId)
	if (!profile) throw new RequestRefused(detail("profile.not-found"), "profileId")
	return profile
}

function changed(stored: StoredSettings, profileId: string, change: (profile: Profile) => Profile): StoredSettings {
	const profile = findProfile(stored, profileId)
	return { ...stored, profiles: stored.profiles.with(stored.profiles.indexOf(profile), change(profile)) }
}

function rejectDuplicateName({ profiles }: Pick<StoredSettings, "profiles">, name: string): void {
	const existing = profiles.find((profile) => hasName(profile, name))
	if (existing) throw new RequestRefused(detail("profile.name-taken", { name: existing.name }), "name")
}

function changesSince(base: ProfileSettings, settings: ProfileSettings): Partial<ProfileSettings> {
	const before = base as Record<string, unknown>
	return Object.fromEntries(
		Object.entries(settings).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])),
	)
}
