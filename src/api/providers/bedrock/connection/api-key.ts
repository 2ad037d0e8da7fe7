/** Facts that a short-term Bedrock API key states about itself. They are not secret. */
export type ApiKeyFacts = {
	/** The only region that accepts the key. */
	readonly region: string
	/** Milliseconds since 1970. */
	readonly expiresAt: number
}

const SHORT_TERM = /^bedrock-api-key-([A-Za-z0-9+/=_-]+)$/
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

/**
 * Reads a short-term API key, which is an encoded presigned address; `null` for a long-term key, which states nothing.
 * Source: AWS's token generators (aws-bedrock-token-generator), 2026-11.
 */
export function readApiKey(apiKey: string): ApiKeyFacts | null {
	const [, encoded] = SHORT_TERM.exec(apiKey) ?? []
	if (encoded === undefined) return null
	const [, query = ""] = Buffer.from(encoded, "base64").toString("latin1").split("?")
	const parameters = new URLSearchParams(query)
	const [, , region] = (parameters.get("X-Amz-Credential") ?? "").split("/")
	const isoDate = (parameters.get("X-Amz-Date") ?? "").replace(DATE, "$1-$2-$3T$4:$5:$6Z")
	const expiresAt = Date.parse(isoDate) + Number(parameters.get("X-Amz-Expires")) * 1_000
	return region && Number.isFinite(expiresAt) ? { region, expiresAt } : null
}
