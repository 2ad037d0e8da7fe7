/** Maximum characters of a match of `SECRET_TEXT`. */
export const SECRET_TEXT_CHARACTERS = 400
/**
 * Private keys (PEM, OpenSSH, PGP, PuTTY, age; PEM in base64 too), AWS access keys, and API keys of Amazon Bedrock. A
 * header without a key, as in source code, and the example keys of AWS's documentation do not match.
 */
const SECRET_TEXT = new RegExp(
	[
		/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^]{0,200}?[A-Za-z0-9+/]{40}/,
		// "-----BEGIN " in base64, not followed by "CERTIFICATE" or "PUBLIC KEY".
		/LS0tLS1CRUdJTi(?!BDRVJU|BQVUJM)[A-Za-z0-9+/]{40}/,
		/PuTTY-User-Key-File-\d:/,
		/AGE-SECRET-KEY-1[0-9A-Z]{50}/,
		/(?<![A-Za-z0-9])(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}(?![A-Za-z0-9])/,
		/[Ss](?:ecret|ECRET)[-_ ]?[Aa](?:ccess|CCESS)[-_ ]?[Kk](?:ey|EY)\\?["']?\s{0,9}[:=]\s{0,9}\\?["']?(?![A-Za-z0-9/+]{0,40}EXAMPLE)[A-Za-z0-9/+]{40}/,
		/ABSK[A-Za-z0-9+/]{80}/,
		/bedrock-api-key-[A-Za-z0-9+/]{40}/,
	]
		.map(({ source }) => source)
		.join("|"),
)

/** Whether a text has a private key or an AWS key in it. */
export function hasSecret(text: string): boolean {
	return SECRET_TEXT.test(text)
}
