import type { SecretEdits, StaticKeys } from "@bedrock-tiers/protocol"

/** A change to a stored secret. The stored secret itself is never in the webview. */
export type SecretEdit<Value> =
	{ readonly kind: "keep" } | { readonly kind: "replace"; readonly value: Value } | { readonly kind: "remove" }

export const KEEP_SECRET = { kind: "keep" } as const satisfies SecretEdit<never>

/** The keys as typed; an empty session token means that there is none. */
export type StaticKeysText = Readonly<Record<keyof StaticKeys, string>>
export const NO_STATIC_KEYS: StaticKeysText = { accessKeyId: "", secretAccessKey: "", sessionToken: "" }

/** A profile's secrets while they are being edited. */
export type SecretsDraft = {
	readonly apiKey: SecretEdit<string>
	readonly staticKeys: SecretEdit<StaticKeysText>
}

export function sameSecretEdit<Value>(one: SecretEdit<Value>, other: SecretEdit<Value>): boolean {
	return JSON.stringify(one) === JSON.stringify(other)
}

/** Whether saving would change a secret. A replacement that is still empty changes nothing. */
export function changesSecrets(draft: SecretsDraft): boolean {
	return Object.keys(secretMembers(draft)).length > 0
}

/** Whether no secret is marked for replacement or removal. A replacement may still be empty. */
export function keepsSecrets({ apiKey, staticKeys }: SecretsDraft): boolean {
	return apiKey.kind === "keep" && staticKeys.kind === "keep"
}

/** Whether the static keys are entered only in part. They can only be saved together. */
export function staticKeysIncomplete({ staticKeys }: SecretsDraft): boolean {
	if (staticKeys.kind !== "replace") return false
	const { accessKeyId, secretAccessKey, sessionToken } = staticKeys.value
	const [id, secret] = [isEmpty(accessKeyId), isEmpty(secretAccessKey)]
	return id !== secret || (id && !isEmpty(sessionToken))
}

/** The secret members of a save message: an absent one keeps the stored secret, `null` removes it. */
export function secretMembers({ apiKey, staticKeys }: SecretsDraft): SecretEdits {
	return {
		...(apiKey.kind === "remove" ? { apiKey: null } : {}),
		...(apiKey.kind === "replace" && !isEmpty(apiKey.value) ? { apiKey: apiKey.value } : {}),
		...(staticKeys.kind === "remove" ? { staticKeys: null } : {}),
		...(staticKeys.kind === "replace" && !isEmpty(staticKeys.value.accessKeyId)
			? { staticKeys: typedKeys(staticKeys.value) }
			: {}),
	}
}

function typedKeys({ sessionToken, ...pair }: StaticKeysText) {
	return isEmpty(sessionToken) ? pair : { ...pair, sessionToken }
}

function isEmpty(text: string): boolean {
	return text.trim() === ""
}
