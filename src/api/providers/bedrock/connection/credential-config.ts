import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime"
import { fromIni } from "@aws-sdk/credential-provider-ini"
import { defaultProvider } from "@aws-sdk/credential-provider-node"
import type { ProxySettings } from "../../../provider-contract"
import type { BedrockCredentials } from "../handler-options"
import { explainSignIn } from "./sign-in-failure"
import { environmentApiKey } from "./signing"
import { Transport } from "./transport"

type CredentialConfig = Pick<BedrockRuntimeClientConfig, "credentials" | "token" | "authSchemePreference" | "profile">
type Keys = Awaited<ReturnType<ReturnType<typeof fromIni>>>
type SignIn = () => Promise<Keys>

/** A user who chose keys wants them to be used, even if AWS_BEARER_TOKEN_BEDROCK is set in the environment. */
const SIGV4_ONLY = { authSchemePreference: ["sigv4"] }

/** Returns the part of the client's configuration that determines how requests are signed. */
export function credentialConfig(credentials: BedrockCredentials, proxy?: ProxySettings): CredentialConfig {
	switch (credentials.method) {
		case "default-chain": {
			// The SDK takes a blank variable for a key.
			const apiKey = environmentApiKey()
			if (apiKey !== null) return bearerConfig(apiKey)
			const profile = process.env.AWS_PROFILE?.trim() || null
			const transport = new Transport("http1", proxy)
			const options = { ...signInOptions(transport), ...(profile === null ? {} : { profile }) }
			// The chain goes on after a profile that failed, and reports nothing about it.
			const how = { transport, profile, ofProfile: fromIni(options) }
			return { credentials: signIn(defaultProvider(options), how), ...SIGV4_ONLY }
		}
		case "profile": {
			// The default chain is not used with a profile: if the profile has no credentials, the chain continues with
			// the machine's own role.
			const { profile } = credentials
			const transport = new Transport("http1", proxy)
			const ofProfile = fromIni({ profile, ...signInOptions(transport) })
			return { profile, credentials: signIn(ofProfile, { transport, profile, ofProfile }), ...SIGV4_ONLY }
		}
		case "api-key":
			return bearerConfig(credentials.apiKey.trim())
		case "static-keys": {
			const { accessKeyId, secretAccessKey, sessionToken } = credentials
			const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
			return { credentials: withoutLineEnds(keys), ...SIGV4_ONLY }
		}
	}
}

/** Without the preference the SDK tries SigV4 first and fails on a machine without AWS credentials. */
function bearerConfig(apiKey: string): CredentialConfig {
	return { token: { token: apiKey }, authSchemePreference: ["httpBearerAuth"] }
}

/** The SDK caches the shared files for the life of the process, so renewed keys would need a restart. */
function signInOptions(requestHandler: Transport) {
	return { ignoreCache: true, clientConfig: { requestHandler } }
}

type SignInOptions = {
	readonly transport: Transport
	/** `null` for the profile "default", if there is one. */
	readonly profile: string | null
	/** Reads the profile alone, for its own error. */
	readonly ofProfile: SignIn
}

/** Returns a provider that explains its failures and removes white space around the keys. */
function signIn(provider: SignIn, { transport, profile, ofProfile }: SignInOptions): SignIn {
	return async () => {
		try {
			return withoutLineEnds(await provider())
		} catch (error) {
			const own: unknown = provider === ofProfile ? error : await ofProfile().catch((failure: unknown) => failure)
			// The SDK reports a failed connection to STS or SSO as missing credentials.
			if (transport.lastFailure !== null) throw transport.lastFailure
			throw (own instanceof Error && isMissing(own) ? await explainSignIn(own, profile) : null) ?? error
		}
	}
}

function isMissing({ name }: Error): boolean {
	return name === "CredentialsProviderError" || name === "TokenProviderError"
}

/** Keys that were pasted often end with a line break, which no key contains. */
function withoutLineEnds(keys: Keys): Keys {
	const { accessKeyId, secretAccessKey, sessionToken } = keys
	return {
		...keys,
		accessKeyId: accessKeyId.trim(),
		secretAccessKey: secretAccessKey.trim(),
		...(sessionToken === undefined ? {} : { sessionToken: sessionToken.trim() }),
	}
}
