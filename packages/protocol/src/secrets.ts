import * as z from "zod/mini"
import { problem } from "./problem"

/** What lies in SecretStorage: it comes from the webview once, when it is typed, and never goes there. */

const secret = z
	.string()
	.check(z.trim(), z.minLength(1, problem("is empty")), z.regex(/^\S*$/, problem("holds a space")))

export const apiKeySchema = secret
export const staticKeysSchema = z.strictObject({
	accessKeyId: secret,
	secretAccessKey: secret,
	/** Temporary keys have one. */
	sessionToken: z.optional(secret),
})
export type StaticKeys = z.infer<typeof staticKeysSchema>

/** The secrets of one profile; absent = not set. */
export type ProfileSecrets = { readonly apiKey?: string; readonly staticKeys?: StaticKeys }
/** Absent = keep what is stored; null = remove it. Static keys are replaced as a whole, since they belong together. */
export type SecretEdits = { readonly apiKey?: string | null; readonly staticKeys?: StaticKeys | null }

export function hasAnySecret({ apiKey, staticKeys }: ProfileSecrets): boolean {
	return apiKey !== undefined || staticKeys !== undefined
}
