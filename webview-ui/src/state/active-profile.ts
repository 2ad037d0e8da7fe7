import type { Profile, ViewState } from "@bedrock-tiers/protocol"

export function activeProfile({ profiles, activeProfileId }: ViewState): Profile | undefined {
	return profiles.find(({ id }) => id === activeProfileId) ?? profiles[0]
}
