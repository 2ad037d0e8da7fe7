import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { Credentials } from "@bedrock-tiers/protocol"

/** What is wrong with the credentials: they are missing, not known to AWS, or expired. */
export type CredentialFailure = "missing" | "wrong" | "expired"

/**
 * Returns the detail for each signing method and failure, whose text says what to do. The messages of AWS and the SDK are left
 * out: those about a signature quote the session token, those about a profile may quote a command.
 */
export function credentialDetail(failure: CredentialFailure, credentials: Credentials): ErrorDetail {
	switch (credentials.method) {
		case "profile":
			return detail(`credentials.profile-${failure}`, { profile: credentials.profile })
		default:
			return detail(`credentials.${credentials.method}-${failure}`)
	}
}
