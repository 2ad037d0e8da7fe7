import * as sdk from "@aws-sdk/client-bedrock-runtime"
import { describe, expect, it } from "vitest"
import type { ErrorCode } from "@bedrock-tiers/protocol"
import { ProviderFailure } from "../../provider-failure"
import { classifyRequestFailure } from "./failures"
import { planRequest } from "./request-plan"

/** Failures as the SDK throws them. The names and statuses are the SDK's; no test here proves that AWS sends them. */

const plan = planRequest({
	region: "us-east-1",
	modelId: "openai.gpt-oss-120b-1:0",
	route: "auto",
	serviceTier: "flex",
	api: "converse",
	credentials: { method: "default-chain" },
	endpoint: null,
	applicationId: "test",
})

const SIGNAL = new AbortController().signal
const codeOf = (error: unknown) => classifyRequestFailure(error, plan, SIGNAL).code
const named = (name: string, message = "", status?: number) =>
	Object.assign(new Error(message), { name, $fault: "client", $metadata: { httpStatusCode: status } })

const CODES: Readonly<Record<string, ErrorCode>> = {
	AccessDeniedException: "access-denied",
	ConflictException: "unknown",
	InternalServerException: "unknown",
	ModelErrorException: "unknown",
	ModelNotReadyException: "capacity-refused",
	ModelStreamErrorException: "unknown",
	ModelTimeoutException: "capacity-refused",
	ResourceNotFoundException: "model-not-found",
	ServiceQuotaExceededException: "quota-throttled",
	ServiceUnavailableException: "capacity-refused",
	ThrottlingException: "quota-throttled",
	ValidationException: "bad-input",
}

describe("An exception of Bedrock Runtime", () => {
	const exceptions = Object.entries(sdk).filter(
		([, value]) => typeof value === "function" && value.prototype instanceof sdk.BedrockRuntimeServiceException,
	)

	it("has an entry in the table of expected codes, which has no other entries", () => {
		expect(exceptions.map(([name]) => name).sort()).toEqual(Object.keys(CODES))
	})

	it.each(exceptions)("%s is classified by its name alone", (name, exception) => {
		const Exception = exception as unknown as new (options: object) => Error
		expect(codeOf(new Exception({ message: "", $metadata: {} }))).toBe(CODES[name])
	})
})

describe("An exception with an unknown name", () => {
	it.each([
		[401, "access-denied"],
		[403, "access-denied"],
		[404, "model-not-found"],
		[408, "capacity-refused"],
		[429, "quota-throttled"],
		[503, "capacity-refused"],
		[500, "unknown"],
		[418, "unknown"],
	] as const)("with HTTP status %d is classified as %s", (status, code) => {
		expect(codeOf(named("SomethingNew", "", status))).toBe(code)
	})
})

describe("AWS's fixed messages", () => {
	it.each([
		["The provided service tier is not supported for this model.", "tier-refused"],
		["service tier provided is invalid", "tier-refused"],
		["The requested service tier is not available in this region.", "tier-refused"],
		["Reservation not found.", "tier-refused"],
		["'priority' is not supported for 'service_tier' on this model", "tier-refused"],
		["The provided model identifier is invalid.", "model-not-found"],
	] as const)("classify a ValidationException: %s → %s", (message, code) => {
		expect(codeOf(named("ValidationException", message, 400))).toBe(code)
	})

	it.each([
		'messages.0.content.0.text: "which service tier is best?" is too long',
		'Malformed input: "The provided service tier is not supported for this model."',
		"tool name reservation not found is invalid",
		'messages.1: "the provided model identifier is invalid" is no text',
	])("are matched only at the beginning of a message: %s", (message) => {
		expect(codeOf(named("ValidationException", message, 400))).toBe("bad-input")
	})

	it("are matched only for the exception that they belong to", () => {
		const message = "The provided service tier is not supported for this model."
		expect(codeOf(named("InternalServerException", message, 500))).toBe("unknown")
		expect(codeOf(named("ValidationException", "Token is expired. Use another one.", 400))).toBe("bad-input")
		expect(codeOf(named("TokenProviderError", "Token is expired. To refresh …"))).toBe("credentials-expired")
		expect(codeOf(named("TokenProviderError", "Token is missing."))).toBe("credentials-missing")
	})
})

describe("Clock skew", () => {
	it.each([
		["RequestTimeTooSkewed", "The difference between the request time and the current time is too large."],
		["InvalidSignatureException", "Signature expired: 20261122T090000Z is now earlier than 20261122T095500Z"],
		["SignatureDoesNotMatch", "Signature not yet current: 20261122T110000Z is still later than 20261122T100500Z"],
	])("is named as the cause of %s", (name, message) => {
		expect(classifyRequestFailure(named(name, message, 403), plan, SIGNAL)).toMatchObject({
			code: "access-denied",
			message: "AWS refused the signature, since this machine's clock is not right. Set the clock and try again.",
			cause: name,
		})
	})
})

describe("A long message from AWS with line breaks", () => {
	it("is quoted in one line of at most 1,000 characters", () => {
		const { message } = classifyRequestFailure(
			named("ValidationException", `First\n  second ${"a".repeat(5_000)}`, 400),
			plan,
			SIGNAL,
		)
		expect(message).toContain("AWS says: First second aaa")
		expect(message).toHaveLength("Bedrock could not accept the request. AWS says: ".length + 1_000)
	})
})

describe("An error that is not a Bedrock exception", () => {
	it.each([
		"ECONNRESET",
		"ENOTFOUND",
		"EAI_AGAIN",
		"ERR_HTTP2_STREAM_CANCEL",
		"CERT_HAS_EXPIRED",
		"HPE_INVALID_CONSTANT",
	])("with the code %s is classified as network", (code) => {
		expect(codeOf(Object.assign(new Error(""), { code }))).toBe("network")
	})

	it.each([302, 407])("with HTTP status %d is classified as network, because an intermediary sent it", (status) => {
		expect(codeOf(named("Unknown", "UnknownError", status))).toBe("network")
	})

	it("is classified as network when the response is an error page, whatever its status", () => {
		const page = Object.assign(new SyntaxError("Unexpected token '<'"), { $metadata: { httpStatusCode: 503 } })
		expect(classifyRequestFailure(page, plan, SIGNAL)).toMatchObject({
			code: "network",
			message: "HTTP 503 came, but not from Bedrock. Check the network, the proxy and the endpoint.",
		})
	})

	it("is classified as network when the connection was reset, although the SDK reports a timeout", () => {
		const timeout = (code?: string) => Object.assign(new Error(""), { name: "TimeoutError" }, code ? { code } : {})
		expect([timeout("ECONNRESET"), timeout("ETIMEDOUT"), timeout()].map(codeOf)).toEqual([
			"network",
			"timeout",
			"timeout",
		])
	})

	it("keeps its code if it was already classified, and is unknown otherwise", () => {
		expect(codeOf(new ProviderFailure("timeout", []))).toBe("timeout")
		expect(codeOf("a string")).toBe("unknown")
		expect(codeOf(new TypeError("a mistake"))).toBe("unknown")
	})
})
