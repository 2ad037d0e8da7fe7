import { randomUUID } from "node:crypto"
import {
	DEFAULT_PROFILE_SETTINGS,
	hasName,
	isDeletable,
	type Profile,
	type ProfileSettings,
	type StoredSettings,
} from "@bedrock-tiers/protocol"
import { t } from "@bedrock-tiers/core"

/** What cannot be done to the profiles, in a sentence; nothing was changed. */
export class ProfileRefused extends Error {
	/** The message's field that it is about. */
	readonly field: "profileId" | "name"

	constructor(field: "profileId" | "name", sentence: string) {
		super(sentence)
		this.field = field
	}
}

/** A new profile with these settings; its name is taken as it is. */
export function newProfile(name: string, settings: ProfileSettings = DEFAULT_PROFILE_SETTINGS): Profile {
	return { id: randomUUID(), name, kind: "aws", settings }
}

/** Throws ProfileRefused when another one has its name. */
export function withProfile(stored: StoredSettings, profile: Profile): StoredSettings {
	refuseTaken(stored, profile.name)
	return { ...stored, profiles: [...stored.profiles, profile] }
}

/** Throws ProfileRefused when there is no such profile, or another one has the name. */
export function withName(stored: StoredSettings, profileId: string, name: string): StoredSettings {
	const { profiles } = stored
	refuseTaken({ profiles: profiles.filter(({ id }) => id !== profileId) }, name)
	return changed(stored, profileId, (profile) => ({ ...profile, name }))
}

/**
 * What did not change since `base` is left as it is stored. Throws ProfileRefused when there is no such profile.
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

/** Throws ProfileRefused when there is no such profile, or it has to stay. */
export function withoutProfile(stored: StoredSettings, profileId: string): StoredSettings {
	const { profiles } = stored
	const profile = findProfile(stored, profileId)
	if (!isDeletable(profile, profiles))
		throw new ProfileRefused("profileId", t("{0} cannot be deleted.", profile.name))
	return { ...stored, profiles: profiles.filter(({ id }) => id !== profileId) }
}

/** The one that is in use when this one goes: the next, or else the one before. */
export function neighbourOf(profiles: readonly Profile[], profileId: string): Profile | undefined {
	const index = profiles.findIndex(({ id }) => id === profileId)
	return profiles[index + 1] ?? profiles[index - 1]
}

/** Throws ProfileRefused when there is none. */
export function findProfile({ profiles }: Pick<StoredSettings, "profiles">, profileId: string): Profile {
	const profile = profiles.find(({ id }) => id === profileId)
	if (!profile) throw new ProfileRefused("profileId", t("There is no such profile."))
	return profile
}

function changed(stored: StoredSettings, profileId: string, change: (profile: Profile) => Profile): StoredSettings {
	const profile = findProfile(stored, profileId)
	return { ...stored, profiles: stored.profiles.with(stored.profiles.indexOf(profile), change(profile)) }
}

function refuseTaken({ profiles }: Pick<StoredSettings, "profiles">, name: string): void {
	const taken = profiles.find((profile) => hasName(profile, name))
	if (taken) throw new ProfileRefused("name", t("There is a profile “{0}” already.", taken.name))
}

function changesSince(base: ProfileSettings, settings: ProfileSettings): Partial<ProfileSettings> {
	const before = base as Record<string, unknown>
	return Object.fromEntries(
		Object.entries(settings).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])),
	)
}
