import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime"
import { fromIni } from "@aws-sdk/credential-provider-ini"
import { defaultProvider } from "@aws-sdk/credential-provider-node"
import type { ProxySettings } from "../../../provider-contract"
import type { BedrockCredentials } from "../handler-options"
import { Transport } from "./transport"

type CredentialConfig = Pick<BedrockRuntimeClientConfig, "credentials" | "token" | "authSchemePreference" | "profile">

/** The SDK caches the shared files for the life of the process, so renewed keys would need a restart. */
const UNCACHED = { ignoreCache: true }
/** A user who chose keys wants them to be used, even if AWS_BEARER_TOKEN_BEDROCK is set in the environment. */
const SIGV4_ONLY = { authSchemePreference: ["sigv4"] }

/** Returns the part of the client's configuration that determines how requests are signed. */
export function credentialConfig(credentials: BedrockCredentials, proxy?: ProxySettings): CredentialConfig {
	// Of the clients that sign in: STS, SSO. They use HTTP/1.1.
	const clientConfig = { requestHandler: new Transport("http1", proxy) }
	switch (credentials.method) {
		case "default-chain":
			return { credentials: defaultProvider({ ...UNCACHED, clientConfig }) }
		case "profile": {
			// The default chain is not used with a profile: if the profile has no credentials, the chain continues with
			// the machine's own role.
			const { profile } = credentials
			return { profile, credentials: fromIni({ profile, ...UNCACHED, clientConfig }), ...SIGV4_ONLY }
		}
		case "api-key":
			// Without the preference the SDK tries SigV4 first and fails on a machine without AWS credentials.
			return { token: { token: credentials.apiKey }, authSchemePreference: ["httpBearerAuth"] }
		case "static-keys": {
			const { accessKeyId, secretAccessKey, sessionToken } = credentials
			const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
			return { credentials: keys, ...SIGV4_ONLY }
		}
	}
}
