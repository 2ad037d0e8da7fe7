import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { Credentials, ProfileSecrets } from "@bedrock-tiers/protocol"
import { ProviderFailure } from "../../api/index"

/**
 * A profile's credentials together with its secrets.
 * Throws a `credentials-missing` failure when the secrets are not stored.
 */
export function profileCredentials(credentials: Credentials, { apiKey, staticKeys }: ProfileSecrets) {
	switch (credentials.method) {
		case "api-key":
			if (apiKey === undefined) throw missing(detail("credentials.no-api-key-stored"))
			return { method: credentials.method, apiKey }
		case "static-keys":
			if (staticKeys === undefined) throw missing(detail("credentials.no-static-keys-stored"))
			return { method: credentials.method, ...staticKeys }
		default:
			return credentials
	}
}

function missing(secret: ErrorDetail): ProviderFailure {
	return new ProviderFailure("credentials-missing", secret)
}
