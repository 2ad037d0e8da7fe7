import { detail } from "@bedrock-tiers/error-details"
import { apiKeySchema, receive, staticKeysSchema, type Credentials, type ProfileSecrets } from "@bedrock-tiers/protocol"
import type { RooFields } from "./roo-fields"

/** Reads the credentials with Roo Code's precedence: API key, named profile, access keys, AWS's default chain. */
export function readCredentials(fields: RooFields): { credentials: Credentials; secrets: ProfileSecrets } {
	const useApiKey = fields.flag("awsUseApiKey") === true
	const useProfile = fields.flag("awsUseProfile") === true
	const apiKey = fields.text("awsApiKey")
	const profile = fields.text("awsProfile")
	const keys = {
		accessKeyId: fields.text("awsAccessKey"),
		secretAccessKey: fields.text("awsSecretKey"),
		sessionToken: fields.text("awsSessionToken"),
	}
	const hasAnyKey = Object.values(keys).some((key) => key !== undefined)
	const hasKeyPair = keys.accessKeyId !== undefined && keys.secretAccessKey !== undefined
	const inUse = [
		useApiKey && apiKey !== undefined && ("api-key" as const),
		useProfile && profile !== undefined && ("profile" as const),
		hasKeyPair && ("static-keys" as const),
		// The user chose the API key, but it is missing, so the choice has no effect in Roo Code.
		useApiKey && ("api-key" as const),
	].find((method) => method !== false)
	const unused = [
		...(apiKey !== undefined && inUse !== "api-key" ? ["awsApiKey"] : []),
		...(profile !== undefined && inUse !== "profile" ? ["awsProfile"] : []),
		...(hasAnyKey && inUse !== "static-keys" ? ["awsAccessKey"] : []),
	]
	for (const field of unused) fields.note("not-in-use", field, detail("roo.key-unused", { field }))
	if (useProfile && profile === undefined) fields.note("not-valid", "awsProfile", detail("roo.profile-missing"))
	switch (inUse) {
		case "api-key":
			return { credentials: { method: inUse }, secrets: readApiKey(fields, apiKey) }
		case "profile":
			return { credentials: { method: inUse, profile: profile ?? "" }, secrets: {} }
		case "static-keys":
			return { credentials: { method: inUse }, secrets: readStaticKeys(fields, keys) }
		case undefined:
			return { credentials: { method: "default-chain" }, secrets: {} }
	}
}

function readApiKey(fields: RooFields, text: string | undefined): ProfileSecrets {
	if (text === undefined) {
		fields.note("secret-left-out", "awsApiKey", detail("roo.api-key-left-out"))
		return {}
	}
	const received = receive(apiKeySchema, text)
	if (received.ok) return { apiKey: received.message }
	fields.note("not-valid", "awsApiKey", detail("roo.api-key-invalid"))
	return {}
}

function readStaticKeys(fields: RooFields, keys: Record<string, string | undefined>): ProfileSecrets {
	const set = Object.fromEntries(Object.entries(keys).filter(([, key]) => key !== undefined))
	const received = receive(staticKeysSchema, set)
	if (received.ok) return { staticKeys: received.message }
	fields.note("not-valid", "awsAccessKey", detail("roo.static-keys-invalid"))
	return {}
}
