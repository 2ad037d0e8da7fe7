import * as sdk from "@aws-sdk/client-bedrock-runtime"
import { describe, expect, it } from "vitest"
import type { ErrorCode } from "@bedrock-tiers/protocol"
import { ProviderFailure } from "../../provider-failure"
import { classifyRequestFailure } from "./failures"
import { planRequest } from "./request-plan"

/** Failures as the SDK throws them. That AWS sends these names and statuses is the SDK's word. */

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

const codeOf = (error: unknown) => classifyRequestFailure(error, plan, undefined).code
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

describe("Every exception of Bedrock Runtime", () => {
	const exceptions = Object.entries(sdk).filter(
		([, value]) => typeof value === "function" && value.prototype instanceof sdk.BedrockRuntimeServiceException,
	)

	it("has a code here, and no other one has", () => {
		expect(exceptions.map(([name]) => name).sort()).toEqual(Object.keys(CODES))
	})

	it.each(exceptions)("%s, by its name alone", (name, exception) => {
		const Exception = exception as unknown as new (options: object) => Error
		expect(codeOf(new Exception({ message: "", $metadata: {} }))).toBe(CODES[name])
	})
})

describe("By its status, where the name says nothing", () => {
	it.each([
		[401, "access-denied"],
		[403, "access-denied"],
		[404, "model-not-found"],
		[408, "capacity-refused"],
		[429, "quota-throttled"],
		[503, "capacity-refused"],
		[500, "unknown"],
		[418, "unknown"],
	] as const)("%d → %s", (status, code) => {
		expect(codeOf(named("SomethingNew", "", status))).toBe(code)
	})
})

describe("AWS's own sentences, where one name means several things", () => {
	it.each([
		["The provided service tier is not supported for this model.", "tier-refused"],
		["service tier provided is invalid", "tier-refused"],
		["The requested service tier is not available in this region.", "tier-refused"],
		["Reservation not found.", "tier-refused"],
		["'priority' is not supported for 'service_tier' on this model", "tier-refused"],
		["The provided model identifier is invalid.", "model-not-found"],
	] as const)("%s → %s", (sentence, code) => {
		expect(codeOf(named("ValidationException", sentence, 400))).toBe(code)
	})

	it.each([
		'messages.0.content.0.text: "which service tier is best?" is too long',
		'Malformed input: "The provided service tier is not supported for this model."',
		"tool name reservation not found is invalid",
		'messages.1: "the provided model identifier is invalid" is no text',
	])("are not found in what a message quotes: %s", (message) => {
		expect(codeOf(named("ValidationException", message, 400))).toBe("bad-input")
	})

	it("count with their exception only", () => {
		const sentence = "The provided service tier is not supported for this model."
		expect(codeOf(named("InternalServerException", sentence, 500))).toBe("unknown")
		expect(codeOf(named("ValidationException", "Token is expired. Use another one.", 400))).toBe("bad-input")
		expect(codeOf(named("TokenProviderError", "Token is expired. To refresh …"))).toBe("credentials-expired")
		expect(codeOf(named("TokenProviderError", "Token is missing."))).toBe("credentials-missing")
	})
})

describe("This machine's clock", () => {
	it.each([
		["RequestTimeTooSkewed", "The difference between the request time and the current time is too large."],
		["InvalidSignatureException", "Signature expired: 20261122T090000Z is now earlier than 20261122T095500Z"],
		["SignatureDoesNotMatch", "Signature not yet current: 20261122T110000Z is still later than 20261122T100500Z"],
	])("is named where it is to blame: %s", (name, message) => {
		expect(classifyRequestFailure(named(name, message, 403), plan, undefined)).toMatchObject({
			code: "access-denied",
			message: "AWS refused the signature, since this machine's clock is not right. Set the clock and try again.",
			cause: name,
		})
	})
})

describe("What others say", () => {
	it("stands in one line, and not at any length", () => {
		const { message } = classifyRequestFailure(
			named("ValidationException", `First\n  second ${"a".repeat(5_000)}`, 400),
			plan,
			undefined,
		)
		expect(message).toContain("AWS says: First second aaa")
		expect(message).toHaveLength("Bedrock could not accept the request. AWS says: ".length + 1_000)
	})
})

describe("What is no exception of Bedrock", () => {
	it.each([
		"ECONNRESET",
		"ENOTFOUND",
		"EAI_AGAIN",
		"ERR_HTTP2_STREAM_CANCEL",
		"CERT_HAS_EXPIRED",
		"HPE_INVALID_CONSTANT",
	])("%s → network", (code) => {
		expect(codeOf(Object.assign(new Error(""), { code }))).toBe("network")
	})

	it.each([302, 407])("HTTP %d comes from somebody in between", (status) => {
		expect(codeOf(named("Unknown", "UnknownError", status))).toBe("network")
	})

	it("nor is an error page, whatever its status", () => {
		const page = Object.assign(new SyntaxError("Unexpected token '<'"), { $metadata: { httpStatusCode: 503 } })
		expect(classifyRequestFailure(page, plan, undefined)).toMatchObject({
			code: "network",
			message: "HTTP 503 came, but not from Bedrock. Check the network, the proxy and the endpoint.",
		})
	})

	it("a connection that was reset is no timeout, though the SDK calls it so", () => {
		const timeout = (code?: string) => Object.assign(new Error(""), { name: "TimeoutError" }, code ? { code } : {})
		expect([timeout("ECONNRESET"), timeout("ETIMEDOUT"), timeout()].map(codeOf)).toEqual([
			"network",
			"timeout",
			"timeout",
		])
	})

	it("is what it says where it was classified before, and else unknown", () => {
		expect(codeOf(new ProviderFailure("timeout", ""))).toBe("timeout")
		expect(codeOf("a string")).toBe("unknown")
		expect(codeOf(new TypeError("a mistake"))).toBe("unknown")
	})
})
