import type { ToHost } from "@bedrock-tiers/protocol"

export const PROFILE_ACTIONS = ["add", "rename", "duplicate", "delete"] as const
export type ProfileAction = (typeof PROFILE_ACTIONS)[number]

/** Something that is about to be done to the profiles. */
export type ProfileEdit = {
	readonly kind: ProfileAction
	/** The one that it is done to; for a new one, the one that is in use. */
	readonly profileId: string
	/** As typed. */
	readonly name: string
	/** Null = not posted yet. */
	readonly requestId: string | null
	/** Why it could not be done; null = nothing is known against it. */
	readonly problem: string | null
}

export function profileMessage({ kind, profileId, name }: ProfileEdit, requestId: string): ToHost {
	switch (kind) {
		case "add":
			return { type: "add-profile", requestId, name }
		case "rename":
			return { type: "rename-profile", requestId, profileId, name }
		case "duplicate":
			return { type: "duplicate-profile", requestId, profileId, name }
		case "delete":
			return { type: "delete-profile", requestId, profileId }
	}
}
