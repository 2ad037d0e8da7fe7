import { partitionOf } from "@bedrock-tiers/core"
import { pricedRegion, type Profile, type ProfileSecrets, type SecretEdits } from "@bedrock-tiers/protocol"
import type { CredentialUse } from "../ports"

/** Secrets of the profiles: which are stored, and which one profile's user has just entered or removed. */
export type SecretState = {
	readonly isStored: (kind: keyof ProfileSecrets, profileId: string) => boolean
	readonly profileId: string
	readonly edits: SecretEdits
}

/**
 * Credentials that changed profiles would send to a destination that the user has not confirmed for them:
 * - a stored secret that its profile did not send there before;
 * - a secret that is entered for an endpoint that was set earlier, which a compromised webview may have planted. Entered
 *   together with its endpoint, the secret is known to whoever chose the endpoint;
 * - credentials from AWS's own sources (shared files, environment), for an endpoint to which no profile sent them.
 */
export function newCredentialUses(
	before: readonly Profile[],
	after: readonly Profile[],
	{ isStored, profileId, edits }: SecretState,
): CredentialUse[] {
	const isNew = (profile: Profile, use: CredentialUse): boolean => {
		const isSentBy = (other: Profile | undefined) => other !== undefined && includes(credentialUse(other), use)
		const kind = secretKind(use)
		if (kind === null) return use.endpoint !== null && !before.some(isSentBy)
		const previous = before.find(({ id }) => id === profile.id)
		const edit = profile.id === profileId ? edits[kind] : undefined
		if (edit === undefined) return isStored(kind, profile.id) && !isSentBy(previous)
		return edit !== null && use.endpoint !== null && previous?.settings.endpoint === use.endpoint
	}
	return after.flatMap((profile) => {
		const use = credentialUse(profile)
		return use && isNew(profile, use) ? [use] : []
	})
}

/** `null` for the emulator's profile, whose endpoint and key are not settings. */
function credentialUse({ name, kind, settings }: Profile): CredentialUse | null {
	if (kind === "demo") return null
	const { credentials, endpoint, http } = settings
	return { profileName: name, credentials, endpoint, region: pricedRegion(settings), byProxy: http === "http1" }
}

/** The stored secret that is sent; `null` for credentials from AWS's own sources. */
function secretKind({ credentials: { method } }: CredentialUse): keyof ProfileSecrets | null {
	if (method === "api-key") return "apiKey"
	return method === "static-keys" ? "staticKeys" : null
}

/** Whether `use` sends the same credentials to the same destination, by the same way or a more direct one. */
function includes(previous: CredentialUse | null, use: CredentialUse): boolean {
	return (
		previous !== null &&
		JSON.stringify(previous.credentials) === JSON.stringify(use.credentials) &&
		destination(previous) === destination(use) &&
		(previous.byProxy || !use.byProxy)
	)
}

/** All regions of a partition belong to the same operator. */
function destination({ endpoint, region }: CredentialUse): string {
	return endpoint === null ? partitionOf(region) : new URL(endpoint).href
}
