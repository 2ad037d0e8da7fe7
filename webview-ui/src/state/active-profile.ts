import type { ChatView, Profile, ProfileSettings, ViewState } from "@bedrock-tiers/protocol"

type Profiles = Pick<ViewState, "profiles" | "activeProfileId">

export function activeProfile({ profiles, activeProfileId }: Profiles): Profile | undefined {
	return profiles.find(({ id }) => id === activeProfileId) ?? profiles[0]
}

/** Settings of the open chat's next request: the profile's, with the chat's own tier if it has one. */
export function chatSettings({ tier, ...host }: Profiles & Pick<ChatView, "tier">): ProfileSettings | undefined {
	const settings = activeProfile(host)?.settings
	return settings && { ...settings, serviceTier: tier ?? settings.serviceTier }
}
