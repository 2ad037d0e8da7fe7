import type { Credentials } from "@bedrock-tiers/protocol"
import { vi } from "vitest"
import type { BedrockCredentials } from "../../../../../src/api/providers/bedrock/handler-options"
import { CANARY, type CanaryName } from "./canaries"
import { plantFile } from "./extension-host"

/** A way to provide credentials, with a canary in each field. */
export type SigningMethod = {
	readonly name: string
	readonly credentials: Credentials
	/** Secrets that the user enters, for the secret store. */
	readonly secrets: object
	/** Credentials for the provider. */
	readonly providerCredentials: BedrockCredentials
	/** Canaries that must be on the wire, which proves that the credentials are in use. */
	readonly sends: readonly CanaryName[]
	/** Puts the credentials into environment variables or shared AWS files. */
	plant(): void
}

const KEYS = {
	accessKeyId: CANARY.accessKeyId,
	secretAccessKey: CANARY.secretAccessKey,
	sessionToken: CANARY.sessionToken,
}

const credentialsFile = (profile: string) =>
	`[${profile}]\naws_access_key_id = ${CANARY.fileKeyId}\naws_secret_access_key = ${CANARY.fileSecret}\naws_session_token = ${CANARY.fileToken}\n`

export const SIGNING_METHODS: readonly SigningMethod[] = [
	{
		name: "a Bedrock API key",
		credentials: { method: "api-key" },
		secrets: { apiKey: CANARY.apiKey },
		providerCredentials: { method: "api-key", apiKey: CANARY.apiKey },
		sends: ["apiKey"],
		plant: () => undefined,
	},
	{
		name: "access keys with a session token",
		credentials: { method: "static-keys" },
		secrets: { staticKeys: KEYS },
		providerCredentials: { method: "static-keys", ...KEYS },
		sends: ["accessKeyId", "sessionToken"],
		plant: () => undefined,
	},
	{
		name: "a profile in the shared AWS files",
		credentials: { method: "profile", profile: "work" },
		secrets: {},
		providerCredentials: { method: "profile", profile: "work" },
		sends: ["fileKeyId", "fileToken"],
		plant: () => void plantFile("credentials", credentialsFile("work")),
	},
	{
		name: "the default chain with shared AWS files",
		credentials: { method: "default-chain" },
		secrets: {},
		providerCredentials: { method: "default-chain" },
		sends: ["fileKeyId", "fileToken"],
		plant: () => void plantFile("credentials", credentialsFile("default")),
	},
	{
		name: "the default chain with access keys in environment variables",
		credentials: { method: "default-chain" },
		secrets: {},
		providerCredentials: { method: "default-chain" },
		sends: ["environmentKeyId", "environmentToken"],
		plant() {
			vi.stubEnv("AWS_ACCESS_KEY_ID", CANARY.environmentKeyId)
			vi.stubEnv("AWS_SECRET_ACCESS_KEY", CANARY.environmentSecret)
			vi.stubEnv("AWS_SESSION_TOKEN", CANARY.environmentToken)
		},
	},
	{
		name: "the default chain with an API key in an environment variable",
		credentials: { method: "default-chain" },
		secrets: {},
		providerCredentials: { method: "default-chain" },
		sends: ["environmentApiKey"],
		plant: () => void vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", CANARY.environmentApiKey),
	},
]
