import { inspect } from "node:util"

type Headers = Readonly<Record<string, string>>

/** Shorter ones would be found in ordinary words. */
const MIN_CHARACTERS = 8
const LEFT_OUT = "•••"

/**
 * What signs one request, as it went to the connection: an API key or a session token, the id of an access key, the signature.
 * Whoever answers may quote it (a proxy that shows the request it refused), and what is quoted is shown, kept and exported.
 */
export class SentSecrets {
	#secrets: readonly string[] = []

	/** @param headers of the request; names in any case */
	sent(headers: Headers): void {
		const texts = Object.entries(headers).flatMap(([name, value]) => {
			if (name.toLowerCase() === "x-amz-security-token") return [value]
			return name.toLowerCase() === "authorization" ? inAuthorization(value) : []
		})
		this.#secrets = texts.filter((text) => text.length >= MIN_CHARACTERS)
	}

	/** The error as it is; where it quotes a secret, one that says the same without it, and has nothing else of its own. */
	redact(error: unknown): unknown {
		if (!this.#isIn(inspect(error, { depth: 5, maxStringLength: null }))) return error
		if (!(error instanceof Error)) return new Error(this.#without(String(error)))
		const { name, message, cause } = error
		const { code, $fault, $metadata } = error as Error & { code?: unknown; $fault?: string; $metadata?: object }
		const clean = new Error(this.#without(message), cause === undefined ? {} : { cause: this.redact(cause) })
		clean.name = this.#without(name)
		// The one that there is tells of the error before it was cleaned.
		delete clean.stack
		return Object.assign(clean, {
			...(typeof code === "string" ? { code: this.#without(code) } : {}),
			...($fault === undefined ? {} : { $fault }),
			...($metadata === undefined ? {} : { $metadata }),
		})
	}

	#isIn(text: string): boolean {
		return this.#secrets.some((secret) => text.includes(secret))
	}

	#without(text: string): string {
		return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, LEFT_OUT), text)
	}
}

function inAuthorization(value: string): string[] {
	const [, bearer] = /^Bearer (.+)$/i.exec(value) ?? []
	if (bearer !== undefined) return [bearer]
	const [, keyId] = /Credential=([^/,\s]+)/.exec(value) ?? []
	const [, signature] = /Signature=([0-9a-f]+)/.exec(value) ?? []
	return [keyId, signature].filter((text) => text !== undefined)
}
