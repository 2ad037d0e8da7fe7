import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { Signing } from "./connection/signing"
import type { RequestPlan } from "./request-plan"

/**
 * Returns the detail for each signing method and failure, whose text says what to do. The messages of AWS and the SDK
 * are left out: those about a signature quote the session token, those about a profile may quote a command.
 */
export function credentialDetail(failure: "missing" | "wrong" | "expired", { method, profile }: Signing): ErrorDetail {
	if (profile !== null) return detail(`credentials.profile-${failure}`, { profile })
	if (method === "environment-key" && failure !== "missing") return detail(`credentials.environment-key-${failure}`)
	return detail(
		`credentials.${method === "api-key" || method === "static-keys" ? method : "default-chain"}-${failure}`,
	)
}

/** AWS does not say that a key is for another region. */
export function wrongCredentialsDetail({ signing, region }: RequestPlan): ErrorDetail {
	const { apiKey } = signing
	return apiKey !== null && apiKey.region !== region
		? detail("credentials.api-key-region", { keyRegion: apiKey.region, region })
		: credentialDetail("wrong", signing)
}
