import { inspect } from "node:util"

type Headers = Readonly<Record<string, string>>

/** Shorter secrets would match ordinary words. */
const MIN_CHARACTERS = 8
const REDACTED = "•••"

/**
 * Secrets of one request as they were sent: an API key or a session token, the id of an access key, the signature. A
 * response may quote them (e.g. a proxy that shows the request it refused), and a quotation would be shown, stored and
 * exported.
 */
export class SentSecrets {
	#secrets: readonly string[] = []

	/** @param headers headers of the request; names in any case */
	recordHeaders(headers: Headers): void {
		const values = Object.entries(headers).flatMap(([name, value]) => {
			if (name.toLowerCase() === "x-amz-security-token") return [value]
			return name.toLowerCase() === "authorization" ? authorizationSecrets(value) : []
		})
		this.#secrets = values.filter((text) => text.length >= MIN_CHARACTERS)
	}

	/**
	 * Returns the error unchanged, or, if it quotes a secret, a redacted copy that has only the properties set here.
	 */
	redact(error: unknown): unknown {
		if (!this.#isQuotedIn(inspect(error, { depth: 5, maxStringLength: null }))) return error
		if (!(error instanceof Error)) return new Error(this.#redactText(String(error)))
		const { name, message, cause } = error
		const { code, $fault, $metadata } = error as Error & { code?: unknown; $fault?: string; $metadata?: object }
		const clean = new Error(this.#redactText(message), cause === undefined ? {} : { cause: this.redact(cause) })
		clean.name = this.#redactText(name)
		// Its stack was captured before the name was set, and does not lead to the original error.
		delete clean.stack
		return Object.assign(clean, {
			...(typeof code === "string" ? { code: this.#redactText(code) } : {}),
			...($fault === undefined ? {} : { $fault }),
			...($metadata === undefined ? {} : { $metadata }),
		})
	}

	#isQuotedIn(text: string): boolean {
		return this.#secrets.some((secret) => text.includes(secret))
	}

	#redactText(text: string): string {
		return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text)
	}
}

function authorizationSecrets(value: string): string[] {
	const [, bearer] = /^Bearer (.+)$/i.exec(value) ?? []
	if (bearer !== undefined) return [bearer]
	const [, keyId] = /Credential=([^/,\s]+)/.exec(value) ?? []
	const [, signature] = /Signature=([0-9a-f]+)/.exec(value) ?? []
	return [keyId, signature].filter((text) => text !== undefined)
}
