import { createHash } from "node:crypto"
import { AwsFailure } from "./failures"

/**
 * Checks that a request carries credentials in one of the two formats that Bedrock accepts.
 *
 * Only the format is checked: the emulator has no secret keys, so it never recomputes a signature and accepts any
 * bearer token that is not empty. A client that signs the wrong bytes passes here and fails at AWS.
 *
 * @param headers with names in lower case
 * @returns the Region that the credentials name; `null` for a bearer token, which names none
 * @throws AwsFailure (403) with AWS's own error messages
 */
export function authenticate(headers: Readonly<Record<string, string>>): string | null {
	const authorization = headers["authorization"]?.trim() ?? ""
	if (authorization === "") {
		throw new AwsFailure("MissingAuthenticationTokenException", "Missing Authentication Token")
	}
	if (/^Bearer(\s|$)/i.test(authorization)) {
		if (authorization.length > "Bearer ".length) return null
		throw new AwsFailure("AccessDeniedException", "Authentication failed: Please make sure your API Key is valid.")
	}
	return readSignature(authorization, headers)
}

/** Returns the region of the credential scope. */
function readSignature(authorization: string, headers: Readonly<Record<string, string>>): string {
	const parts = signatureParts(authorization)
	const hasDate = Boolean(headers["x-amz-date"] ?? headers["date"])
	const missing = ["Credential", "Signature", "SignedHeaders"]
		.filter((name) => !parts.get(name))
		.map((name) => `Authorization header requires '${name}' parameter. `)
	if (!hasDate) {
		missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ")
	}
	if (missing.length > 0) {
		// AWS identifies the header by its hash, so that an error never contains a credential.
		const hash = createHash("sha256").update(authorization).digest("base64")
		throw new AwsFailure(
			"IncompleteSignatureException",
			`${missing.join("")}(Hashed with SHA-256 and encoded with Base64) Authorization=${hash}`,
		)
	}

	const scope = (parts.get("Credential") ?? "").split("/")
	const [, , region, service, term] = scope
	if (scope.length !== 5 || scope.includes("") || region === undefined) {
		throw new AwsFailure(
			"IncompleteSignatureException",
			"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term",
		)
	}
	if (service !== "bedrock") {
		throw new AwsFailure("InvalidSignatureException", "Credential should be scoped to correct service: 'bedrock'.")
	}
	if (term !== "aws4_request") {
		throw new AwsFailure(
			"InvalidSignatureException",
			"Credential should be scoped with a valid terminator: 'aws4_request'.",
		)
	}
	if (!/^[0-9a-f]{64}$/.test(parts.get("Signature") ?? "")) {
		throw new AwsFailure(
			"InvalidSignatureException",
			"The request signature we calculated does not match the signature you provided. Check your AWS Secret " +
				"Access Key and signing method. Consult the service documentation for details.",
		)
	}
	return region
}

function signatureParts(authorization: string): Map<string, string> {
	const [scheme, rest] = authorization.split(/\s+(.*)/s)
	if (scheme !== "AWS4-HMAC-SHA256" || rest === undefined) return new Map()
	return new Map(
		rest.split(",").map((part) => {
			const [name = "", value = ""] = part.trim().split(/=(.*)/s)
			return [name, value]
		}),
	)
}
