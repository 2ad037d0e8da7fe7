import * as z from "zod/mini"
import { problem } from "./problem"

/** Secrets are in SecretStorage. The webview sends them once, when the user enters them, and never receives them. */

const secret = z.string().check(z.trim(), z.minLength(1), z.regex(/^\S*$/, problem("space")))

export const apiKeySchema = secret
export const staticKeysSchema = z.strictObject({
	accessKeyId: secret,
	secretAccessKey: secret,
	/** Present for temporary keys only. */
	sessionToken: z.optional(secret),
})
export type StaticKeys = z.infer<typeof staticKeysSchema>

/** Secrets of one profile; a secret that is not set is absent. */
export type ProfileSecrets = { readonly apiKey?: string; readonly staticKeys?: StaticKeys }
/** Absent: keep the stored secret. `null`: remove it. Static keys belong together and are replaced as a whole. */
export type SecretEdits = { readonly apiKey?: string | null; readonly staticKeys?: StaticKeys | null }

export function hasAnySecret({ apiKey, staticKeys }: ProfileSecrets): boolean {
	return apiKey !== undefined || staticKeys !== undefined
}
