import type { ErrorDetail } from "@bedrock-tiers/error-details"
import type { ToHost } from "@bedrock-tiers/protocol"

export const PROFILE_ACTIONS = ["add", "rename", "duplicate", "delete"] as const
export type ProfileAction = (typeof PROFILE_ACTIONS)[number]

/** A profile action whose form is open. */
export type ProfileEdit = {
	readonly kind: ProfileAction
	/** The profile to change; for `add`, the active profile. */
	readonly profileId: string
	/** The profile name as typed. */
	readonly name: string
	/** `null` when the action has not been posted. */
	readonly requestId: string | null
	/** Why the action failed; `null` when there is no known problem. */
	readonly problem: readonly ErrorDetail[] | null
}

export function profileMessage({ kind, profileId, name }: ProfileEdit, requestId: string): ToHost {
	if (kind === "add") return { type: "add-profile", requestId, name }
	if (kind === "delete") return { type: "delete-profile", requestId, profileId }
	return { type: `${kind}-profile`, requestId, profileId, name }
}
