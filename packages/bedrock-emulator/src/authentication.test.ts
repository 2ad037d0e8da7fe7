import { describe, expect, it } from "vitest"
import { authenticate } from "./authentication"
import { AwsFailure } from "./failures"

const SCOPE = "AKIDEXAMPLE/20261122/eu-west-1/bedrock/aws4_request"
const SIGNATURE = "0".repeat(64)
const signed = (scope = SCOPE, signature = SIGNATURE) =>
	`AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`
const DATE = { "x-amz-date": "20261122T120000Z" }

function refusal(headers: Record<string, string>): AwsFailure {
	try {
		authenticate(headers)
	} catch (error) {
		if (error instanceof AwsFailure) return error
	}
	throw new Error("accepted")
}

describe("authenticate", () => {
	it("accepts a bearer token and returns no Region", () => {
		expect(authenticate({ authorization: "Bearer abc" })).toBeNull()
	})

	it("accepts a SigV4 signature and returns the Region of its credential scope", () => {
		expect(authenticate({ authorization: signed(), ...DATE })).toBe("eu-west-1")
	})

	it("throws MissingAuthenticationTokenException when the request has no credentials", () => {
		expect(refusal({})).toMatchObject({
			status: 403,
			name: "MissingAuthenticationTokenException",
			message: "Missing Authentication Token",
		})
	})

	it("throws AccessDeniedException when the bearer token is empty", () => {
		expect(refusal({ authorization: "Bearer " })).toMatchObject({ status: 403, name: "AccessDeniedException" })
	})

	it.each([
		["with another scheme", "Basic dXNlcjpwYXNz", "requires 'Credential' parameter"],
		["without a signature", `AWS4-HMAC-SHA256 Credential=${SCOPE}, SignedHeaders=host`, "requires 'Signature'"],
		["without signed headers", `AWS4-HMAC-SHA256 Credential=${SCOPE}, Signature=ab`, "requires 'SignedHeaders'"],
		[
			"with an incomplete credential scope",
			signed("AKIDEXAMPLE/20261122/bedrock"),
			"exactly 5 slash-delimited elements",
		],
	])("throws IncompleteSignatureException for an Authorization header %s", (_, authorization, text) => {
		const failure = refusal({ authorization, ...DATE })
		expect(failure).toMatchObject({ status: 403, name: "IncompleteSignatureException" })
		expect(failure.message).toContain(text)
	})

	it("throws when a SigV4 request has no date header", () => {
		expect(refusal({ authorization: signed() }).message).toContain(
			"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
		)
	})

	it.each([
		["for another service", signed("AKIDEXAMPLE/20261122/us-east-1/s3/aws4_request")],
		["with another terminator", signed("AKIDEXAMPLE/20261122/us-east-1/bedrock/aws5_request")],
		["that is not a SHA-256 value", signed(SCOPE, "abc")],
	])("throws InvalidSignatureException for a signature %s", (_, authorization) => {
		expect(refusal({ authorization, ...DATE })).toMatchObject({ status: 403, name: "InvalidSignatureException" })
	})

	it("never repeats credentials in the error message", () => {
		expect(refusal({ authorization: "Basic dXNlcjpwYXNz" }).message).not.toContain("dXNlcjpwYXNz")
	})
})
