import type { Profile, ProfileSettings, ViewState } from "@bedrock-tiers/protocol"

export function activeProfile({ profiles, activeProfileId }: ViewState): Profile | undefined {
	return profiles.find(({ id }) => id === activeProfileId) ?? profiles[0]
}

/** What the open chat's next request goes by: the profile's settings, on the chat's own tier where it has one. */
export function chatSettings(host: ViewState): ProfileSettings | undefined {
	const settings = activeProfile(host)?.settings
	return settings && { ...settings, serviceTier: host.chat.tier ?? settings.serviceTier }
}
