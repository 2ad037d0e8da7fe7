import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime"
import { fromIni } from "@aws-sdk/credential-provider-ini"
import { defaultProvider } from "@aws-sdk/credential-provider-node"
import type { BedrockCredentials } from "../handler-options"

type CredentialConfig = Pick<BedrockRuntimeClientConfig, "credentials" | "token" | "authSchemePreference" | "profile">

/** The SDK remembers the shared files for the life of the process: renewed keys would wait for a restart. */
const READ_AGAIN = { ignoreCache: true }
/** Whoever chose keys means them, also where AWS_BEARER_TOKEN_BEDROCK is in the environment. */
const SIGNED = { authSchemePreference: ["sigv4"] }

/** The part of the client's configuration that says how requests are signed. */
export function credentialConfig(credentials: BedrockCredentials): CredentialConfig {
	switch (credentials.method) {
		case "default-chain":
			return { credentials: defaultProvider(READ_AGAIN) }
		case "profile": {
			// Not the default chain with a profile: where that profile gives nothing, it goes on to the machine's own role.
			const { profile } = credentials
			return { profile, credentials: fromIni({ profile, ...READ_AGAIN }), ...SIGNED }
		}
		case "api-key":
			// Without the preference the SDK tries SigV4 first and fails on a machine without AWS credentials.
			return { token: { token: credentials.apiKey }, authSchemePreference: ["httpBearerAuth"] }
		case "static-keys": {
			const { accessKeyId, secretAccessKey, sessionToken } = credentials
			const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
			return { credentials: keys, ...SIGNED }
		}
	}
}
