import type { Credentials } from "@bedrock-tiers/protocol"
import type { BedrockCredentials } from "../handler-options"
import { readApiKey, type ApiKeyFacts } from "./api-key"

type Environment = Readonly<Record<string, string | undefined>>

/** How a request is signed, without the secrets: what an error message can say about it. */
export type Signing = {
	/** `environment-key`: an API key in AWS_BEARER_TOKEN_BEDROCK. */
	readonly method: Credentials["method"] | "environment-key"
	/** Name of the AWS profile, chosen in the settings or by AWS_PROFILE; `null` when there is none. */
	readonly profile: string | null
	/** `null` when there is no API key, or when it states nothing about itself. */
	readonly apiKey: ApiKeyFacts | null
}

export function signingOf(credentials: BedrockCredentials, environment: Environment = process.env): Signing {
	const { method } = credentials
	if (method === "api-key") return { method, profile: null, apiKey: readApiKey(credentials.apiKey.trim()) }
	if (method === "profile") return { method, profile: credentials.profile, apiKey: null }
	if (method === "static-keys") return { method, profile: null, apiKey: null }
	const apiKey = environmentApiKey(environment)
	if (apiKey !== null) return { method: "environment-key", profile: null, apiKey: readApiKey(apiKey) }
	return { method, profile: environment.AWS_PROFILE?.trim() || null, apiKey: null }
}

/** The API key in AWS_BEARER_TOKEN_BEDROCK, without white space around it; `null` when it is blank or not set. */
export function environmentApiKey(environment: Environment = process.env): string | null {
	return environment.AWS_BEARER_TOKEN_BEDROCK?.trim() || null
}
