import type { Credentials } from "@bedrock-tiers/protocol"
import { vi } from "vitest"
import type { BedrockCredentials } from "../../../../../src/api/providers/bedrock/handler-options"
import { CANARY, type CanaryName } from "./canaries"
import { planted } from "./extension-host"

/** One way to sign, with a canary in each of its fields. */
export type WayToSign = {
	readonly name: string
	readonly credentials: Credentials
	/** What the person types, for the secret store. */
	readonly typed: object
	/** What the provider is given. */
	readonly given: BedrockCredentials
	/** What must be on the wire: the canary is really in use. */
	readonly sends: readonly CanaryName[]
	/** Puts it into the environment or into shared files. */
	plant(): void
}

const KEYS = {
	accessKeyId: CANARY.accessKeyId,
	secretAccessKey: CANARY.secretAccessKey,
	sessionToken: CANARY.sessionToken,
}

const entry = (profile: string) =>
	`[${profile}]\naws_access_key_id = ${CANARY.fileKeyId}\naws_secret_access_key = ${CANARY.fileSecret}\naws_session_token = ${CANARY.fileToken}\n`

export const WAYS_TO_SIGN: readonly WayToSign[] = [
	{
		name: "a Bedrock API key",
		credentials: { method: "api-key" },
		typed: { apiKey: CANARY.apiKey },
		given: { method: "api-key", apiKey: CANARY.apiKey },
		sends: ["apiKey"],
		plant: () => undefined,
	},
	{
		name: "access keys with a session token",
		credentials: { method: "static-keys" },
		typed: { staticKeys: KEYS },
		given: { method: "static-keys", ...KEYS },
		sends: ["accessKeyId", "sessionToken"],
		plant: () => undefined,
	},
	{
		name: "a profile of the shared AWS files",
		credentials: { method: "profile", profile: "work" },
		typed: {},
		given: { method: "profile", profile: "work" },
		sends: ["fileKeyId", "fileToken"],
		plant: () => void planted("credentials", entry("work")),
	},
	{
		name: "the default chain, by the shared AWS files",
		credentials: { method: "default-chain" },
		typed: {},
		given: { method: "default-chain" },
		sends: ["fileKeyId", "fileToken"],
		plant: () => void planted("credentials", entry("default")),
	},
	{
		name: "the default chain, by keys in the environment",
		credentials: { method: "default-chain" },
		typed: {},
		given: { method: "default-chain" },
		sends: ["environmentKeyId", "environmentToken"],
		plant() {
			vi.stubEnv("AWS_ACCESS_KEY_ID", CANARY.environmentKeyId)
			vi.stubEnv("AWS_SECRET_ACCESS_KEY", CANARY.environmentSecret)
			vi.stubEnv("AWS_SESSION_TOKEN", CANARY.environmentToken)
		},
	},
	{
		name: "the default chain, by an API key in the environment",
		credentials: { method: "default-chain" },
		typed: {},
		given: { method: "default-chain" },
		sends: ["environmentApiKey"],
		plant: () => void vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", CANARY.environmentApiKey),
	},
]
