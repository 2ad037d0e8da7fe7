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

describe("credentials", () => {
	it("may be a bearer token, which names no Region", () => {
		expect(authenticate({ authorization: "Bearer abc" })).toEqual({ scheme: "bearer", region: null })
	})

	it("may be a SigV4 signature, whose scope names the Region", () => {
		expect(authenticate({ authorization: signed(), ...DATE })).toEqual({ scheme: "sigv4", region: "eu-west-1" })
	})

	it("are missed when there are none", () => {
		expect(refusal({})).toMatchObject({
			status: 403,
			name: "MissingAuthenticationTokenException",
			message: "Missing Authentication Token",
		})
	})

	it("are refused when the bearer token is empty", () => {
		expect(refusal({ authorization: "Bearer " })).toMatchObject({ status: 403, name: "AccessDeniedException" })
	})

	it.each([
		["of another scheme", "Basic dXNlcjpwYXNz", "requires 'Credential' parameter"],
		["without a signature", `AWS4-HMAC-SHA256 Credential=${SCOPE}, SignedHeaders=host`, "requires 'Signature'"],
		["without signed headers", `AWS4-HMAC-SHA256 Credential=${SCOPE}, Signature=ab`, "requires 'SignedHeaders'"],
		["with half a scope", signed("AKIDEXAMPLE/20261122/bedrock"), "exactly 5 slash-delimited elements"],
	])("%s are incomplete", (_, authorization, text) => {
		const failure = refusal({ authorization, ...DATE })
		expect(failure).toMatchObject({ status: 403, name: "IncompleteSignatureException" })
		expect(failure.message).toContain(text)
	})

	it("by SigV4 need a date", () => {
		expect(refusal({ authorization: signed() }).message).toContain(
			"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
		)
	})

	it.each([
		["for another service", signed("AKIDEXAMPLE/20261122/us-east-1/s3/aws4_request")],
		["with another terminator", signed("AKIDEXAMPLE/20261122/us-east-1/bedrock/aws5_request")],
		["whose signature is no SHA-256", signed(SCOPE, "abc")],
	])("%s are invalid", (_, authorization) => {
		expect(refusal({ authorization, ...DATE })).toMatchObject({ status: 403, name: "InvalidSignatureException" })
	})

	it("are never repeated in an error", () => {
		expect(refusal({ authorization: "Basic dXNlcjpwYXNz" }).message).not.toContain("dXNlcjpwYXNz")
	})
})
