import { t } from "@bedrock-tiers/core"
import type { Credentials, ProfileSecrets } from "@bedrock-tiers/protocol"
import { ProviderFailure } from "../../api/index"

/**
 * A profile's credentials together with its secrets.
 * Throws a `credentials-missing` failure when the secrets are not stored.
 */
export function profileCredentials(credentials: Credentials, { apiKey, staticKeys }: ProfileSecrets) {
	switch (credentials.method) {
		case "api-key":
			if (apiKey === undefined)
				throw missing(t("No Bedrock API key is stored for this profile. Add one in Settings."))
			return { method: credentials.method, apiKey }
		case "static-keys":
			if (staticKeys === undefined)
				throw missing(t("No AWS access keys are stored for this profile. Add them in Settings."))
			return { method: credentials.method, ...staticKeys }
		default:
			return credentials
	}
}

function missing(message: string): ProviderFailure {
	return new ProviderFailure("credentials-missing", message)
}
