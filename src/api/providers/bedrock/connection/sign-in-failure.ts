import { nearestText } from "@bedrock-tiers/core"
import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { ErrorCode } from "@bedrock-tiers/protocol"
import { loadSharedConfigFiles } from "@smithy/core/config"
import { ProviderFailure } from "../../../provider-failure"

type Profile = Readonly<Record<string, string | undefined>>

const MAX_SOURCE_PROFILES = 5
/** The SDK's messages about a sign-in that ended, from two of its packages, and AWS's about a token that it ended. */
const ENDED = /has expired|^Token is expired|Cannot refresh|expired credentials|Unauthorized|Session token not found/

/**
 * Explains why a profile of the shared AWS files gave no credentials; `null` when the files do not show it. The
 * message of the SDK is not quoted, because it can contain a command and its output.
 * @param error error of the SDK
 * @param chosen name of the profile that the user chose; `null` for the profile "default", which may not exist
 */
export async function explainSignIn(error: Error, chosen: string | null): Promise<ProviderFailure | null> {
	const name = chosen ?? "default"
	const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true })
	const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].filter(
		(key) => !/^(sso-session|services)\./.test(key),
	)
	const profiles = Object.fromEntries(names.map((key) => [key, { ...configFile[key], ...credentialsFile[key] }]))
	if (!(name in profiles)) return chosen === null ? null : failure("credentials-missing", unknownProfile(name, names))
	const [source, profile] = sourceOf(name, profiles)
	if (!profile) return failure("credentials-missing", unknownProfile(source, names))
	const hasEnded = ENDED.test(error.message)
	const code = hasEnded ? "credentials-expired" : "credentials-missing"
	if (profile.credential_process !== undefined)
		return failure(code, detail(`credentials.process-${hasEnded ? "expired" : "failed"}`, { profile: source }))
	if (profile.sso_session === undefined && profile.sso_start_url === undefined) return null
	return failure(code, detail(`credentials.${hasEnded ? "profile-expired" : "sso-signed-out"}`, { profile: source }))
}

/** The profile that has the credentials, which others refer to by `source_profile`. */
function sourceOf(name: string, profiles: Readonly<Record<string, Profile>>): [string, Profile | undefined] {
	let source = name
	for (let step = 0; step < MAX_SOURCE_PROFILES; step++) source = profiles[source]?.source_profile ?? source
	return [source, profiles[source]]
}

function unknownProfile(profile: string, names: readonly string[]): ErrorDetail[] {
	const nearest = nearestText(profile, names)
	const unknown = detail("credentials.profile-unknown", { profile })
	return nearest === null ? [unknown] : [unknown, detail("did-you-mean", { nearest })]
}

function failure(code: ErrorCode, details: ErrorDetail | readonly ErrorDetail[]): ProviderFailure {
	return new ProviderFailure(code, details)
}
