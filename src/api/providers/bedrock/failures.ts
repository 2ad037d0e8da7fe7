import { t, type FailedOutcome } from "@bedrock-tiers/core"
import type { ErrorCode } from "@bedrock-tiers/protocol"
import { ProviderFailure } from "../../provider-failure"
import { credentialFailureMessage } from "./connection/credential-failures"
import type { RequestPlan } from "./request-plan"

/**
 * The one place where errors are told apart: by exception name and status, and by AWS's own fixed sentences where the
 * name says too little. Never by ordinary words in the text. Sources: docs/wire-contract.md.
 */

type SdkError = Error & { $metadata?: { httpStatusCode?: number }; $fault?: string; code?: string }

const BY_NAME: Readonly<Record<string, ErrorCode>> = {
	ThrottlingException: "quota-throttled",
	ServiceQuotaExceededException: "quota-throttled",
	ModelNotReadyException: "capacity-refused",
	ModelTimeoutException: "capacity-refused",
	ServiceUnavailableException: "capacity-refused",
	AccessDeniedException: "access-denied",
	MissingAuthenticationTokenException: "credentials-missing",
	CredentialsProviderError: "credentials-missing",
	TokenProviderError: "credentials-missing",
	ExpiredTokenException: "credentials-expired",
	ExpiredToken: "credentials-expired",
	RequestExpired: "credentials-expired",
	ResourceNotFoundException: "model-not-found",
	ValidationException: "bad-input",
	AbortError: "cancelled",
	TimeoutError: "timeout",
}

/** AWS does not know who asks: the keys are wrong, or do not belong together. The last two are STS's. */
const UNKNOWN_CALLER = new Set([
	"UnrecognizedClientException",
	"InvalidSignatureException",
	"IncompleteSignatureException",
	"InvalidClientTokenId",
	"SignatureDoesNotMatch",
])

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
	401: "access-denied",
	403: "access-denied",
	404: "model-not-found",
	408: "capacity-refused",
	429: "quota-throttled",
	503: "capacity-refused",
}

/**
 * AWS's sentences in ValidationException that mean something of their own. From their beginning, since a message may quote
 * what the person wrote: sentences about the service tier, a reservation that is not there, and what Bedrock's other endpoint
 * says of a tier. Sources: docs/wire-contract.md.
 */
const TIER_REFUSED =
	/^((The )?(provided |requested |specified )?service[ _]?tier\b|Reservation not found\b|'\w+' is not supported for 'service_tier')/i
const NO_SUCH_MODEL = /^The provided model identifier is invalid\b/i
const NEEDS_PROFILE = /^Invocation of model ID .{1,2048} with on-demand throughput isn.t supported\b/i
/** Bedrock's AccessDeniedException for a bearer token that it does not know. */
const UNKNOWN_API_KEY = /^Authentication failed: Please make sure your API Key is valid/
/** The SDK has one name for no sign-in and for one whose time is over: its own sentences, in two of its packages. */
const SIGN_IN_FAILED = new Set(["CredentialsProviderError", "TokenProviderError"])
const SIGN_IN_EXPIRED = /^(The SSO session associated with this profile (has expired|is invalid)|Token is expired)\./

/** The clock of this machine is not AWS's: its names for that, and its sentence under the name of a wrong signature. */
const WRONG_CLOCK = new Set(["RequestTimeTooSkewed", "RequestInTheFuture"])
const WRONG_CLOCK_SENTENCE = /^Signature (expired|not yet current): /

const MAX_QUOTED = 1_000

/** Node's system errors of a connection, and those of its HTTP/1.1, HTTP/2 and TLS layers. */
const NETWORK_CODE =
	/^(E[A-Z_]+|HPE_.*|ERR_(HTTP2|TLS|SSL|INVALID_URL).*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/

/** The SDK calls a connection that ended a timeout, over HTTP/2 in a sentence of its own. What is one has another code, or none. */
const LOST_CODE = /^(ECONNRESET|EPIPE)$/
const LOST_SENTENCE = /^Unexpected error: http2 request did not get a response/
/** Those of them that come before anything was sent: no connection was made. */
const NOT_CONNECTED =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_(TLS|SSL|INVALID_URL).*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/

/** A request that failed before its answer began. */
export function classifyRequestFailure(
	error: unknown,
	plan: RequestPlan,
	signal: AbortSignal | undefined,
): ProviderFailure {
	if (ProviderFailure.is(error)) return error
	if (signal?.aborted) return stopped(signal)
	if (!(error instanceof Error)) return new ProviderFailure("unknown", String(error), { cause: error })
	const failure: SdkError = error
	const status = failure.$metadata?.httpStatusCode ?? null
	const code = codeOf(failure, status)
	// What AWS says about a signature quotes what was signed, the session token among it.
	const cause = isUnknownCaller(failure) || isWrongClock(failure) ? failure.name : error
	return new ProviderFailure(code, errorMessage(code, failure, plan, status), { status, cause })
}

/** A request that failed while its answer was on its way. */
export function classifyStreamFailure(
	error: unknown,
	plan: RequestPlan,
	signal: AbortSignal | undefined,
): ProviderFailure {
	if (signal?.aborted) return stopped(signal)
	return isServiceException(error) ? classifyRequestFailure(error, plan, signal) : incompleteStream(error)
}

/**
 * How far a request got that failed before its answer began: `not-sent`, it never left this machine; `refused`, Bedrock said
 * no; `unanswered`, no answer came.
 */
export function outcomeOf(error: unknown, sent: boolean): FailedOutcome | "not-sent" {
	if (!sent || (error instanceof Error && NOT_CONNECTED.test(connectionCode(error) ?? ""))) return "not-sent"
	return isServiceException(error) ? "refused" : "unanswered"
}

/** Whether AWS itself said so: by an error answer or by an exception frame. The SDK gives those a fault. */
export function isServiceException(error: unknown): boolean {
	return error instanceof Error && "$fault" in error
}

/** The answer ended without its end: cut, damaged, or closed quietly. */
export function incompleteStream(cause?: unknown): ProviderFailure {
	const detail = cause instanceof Error ? inOneLine(ownWords(cause.message)) : ""
	const what = detail
		? t("The answer broke off before its end ({0}).", detail)
		: t("The answer broke off before its end.")
	return new ProviderFailure("stream-incomplete", what, { cause })
}

/** Stopped by the person, or by a limit of ours, which is then the signal's reason. */
export function stopped({ reason }: AbortSignal): ProviderFailure {
	if (ProviderFailure.is(reason)) return reason
	return new ProviderFailure("cancelled", t("The request was stopped."), { cause: reason })
}

function codeOf(error: SdkError, status: number | null): ErrorCode {
	if (error.name === "ValidationException") {
		if (TIER_REFUSED.test(error.message)) return "tier-refused"
		if (NO_SUCH_MODEL.test(error.message)) return "model-not-found"
	}
	if (SIGN_IN_FAILED.has(error.name) && SIGN_IN_EXPIRED.test(error.message)) return "credentials-expired"
	if (isWrongClock(error) || isUnknownCaller(error)) return "access-denied"
	if (isNotBedrock(error, status)) return "network"
	if (status === null && isLostConnection(error)) return "network"
	const named = BY_NAME[error.name]
	if (named) return named
	if (status !== null && BY_STATUS[status]) return BY_STATUS[status]
	if (status === null && NETWORK_CODE.test(connectionCode(error) ?? "")) return "network"
	return "unknown"
}

function isLostConnection(error: SdkError): boolean {
	return LOST_CODE.test(connectionCode(error) ?? "") || LOST_SENTENCE.test(error.message)
}

function isUnknownCaller({ name, message }: SdkError): boolean {
	return UNKNOWN_CALLER.has(name) || (name === "AccessDeniedException" && UNKNOWN_API_KEY.test(message))
}

function isWrongClock({ name, message }: SdkError): boolean {
	return WRONG_CLOCK.has(name) || (UNKNOWN_CALLER.has(name) && WRONG_CLOCK_SENTENCE.test(message))
}

/** An error page, a redirect, a proxy that wants a password: Bedrock says what is wrong in JSON, and does neither. */
function isNotBedrock(error: SdkError, status: number | null): boolean {
	return status !== null && (status < 400 || status === 407 || (error.name === "SyntaxError" && !error.$fault))
}

/** HTTP/2 reports a stream that was cancelled; what happened to its connection is the cause of that. */
function connectionCode(error: SdkError): string | undefined {
	const cause = error.cause
	return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : error.code
}

/** What happened and what can be done, then AWS's own words where they help. */
function errorMessage(code: ErrorCode, error: SdkError, plan: RequestPlan, status: number | null): string {
	const said = inOneLine(error.message)
	const sentence = whatHappened(code, error, plan, status)
	if (code === "unknown") return said && !isUnexplained(error, status) ? `${sentence} ${said}` : sentence
	return said && quotesAws(code, error) ? `${sentence} ${t("AWS says: {0}", said)}` : sentence
}

function whatHappened(code: ErrorCode, error: SdkError, plan: RequestPlan, status: number | null): string {
	const model = plan.model?.name ?? plan.bedrockModelId
	switch (code) {
		case "tier-refused":
			return t(
				'Bedrock refused the tier "{0}" for {1} in {2}. Choose another tier.',
				plan.tier.sentTier ?? "default",
				model,
				plan.region,
			)
		case "quota-throttled":
			return t(
				"The account's quota for {0} is used up for the moment. All tiers share it, so wait a little and try again.",
				model,
			)
		case "capacity-refused":
			return t("Bedrock has no room for {0} right now. Try again, or on another tier.", model)
		case "access-denied":
			if (isWrongClock(error))
				return t(
					"AWS refused the signature, since this machine's clock is not right. Set the clock and try again.",
				)
			return isUnknownCaller(error)
				? credentialFailureMessage("wrong", plan.credentials)
				: t(
						"AWS refused the rights of these credentials. They need bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream for {0}.",
						plan.bedrockModelId,
					)
		case "credentials-missing":
			return credentialFailureMessage("missing", plan.credentials)
		case "credentials-expired":
			return credentialFailureMessage("expired", plan.credentials)
		case "model-not-found":
			return t("{0} cannot be called in {1}.", plan.bedrockModelId, plan.region)
		case "bad-input":
			return NEEDS_PROFILE.test(error.message)
				? t(
						"{0} can be called only through an inference profile. Choose the route geo or global.",
						plan.bedrockModelId,
					)
				: t("Bedrock could not accept the request.")
		case "network":
			return isNotBedrock(error, status)
				? t("HTTP {0} came, but not from Bedrock. Check the network, the proxy and the endpoint.", status ?? "")
				: t(
						"The connection to Bedrock failed ({0}). Check the network, the region and the endpoint.",
						connectionCode(error) ?? error.message,
					)
		case "timeout":
			return t("Bedrock did not answer in time. Try again.")
		default:
			if (isUnexplained(error, status))
				return t("The request failed with HTTP {0}, and nothing was said about why. Try again.", status ?? "")
			return status === null
				? t("The request failed ({0}).", error.name)
				: t("The request failed with HTTP {0} ({1}).", status, error.name)
	}
}

/** AWS's words about a signature quote what was signed, and those about a connection are the system's. */
function quotesAws(code: ErrorCode, error: SdkError): boolean {
	if (code === "access-denied") return !isWrongClock(error) && !isUnknownCaller(error)
	return !["credentials-missing", "credentials-expired", "network", "timeout"].includes(code)
}

/** The SDK's name for an answer that says nothing. */
function isUnexplained({ name }: SdkError, status: number | null): boolean {
	return status !== null && name === "Unknown"
}

/** Of an exception that it does not know, the SDK hands on all of the frame: `{"message": "…"}`. */
function ownWords(text: string): string {
	try {
		const { message } = JSON.parse(text) as { message?: unknown }
		return typeof message === "string" ? message : text
	} catch {
		return text
	}
}

/** What others say may be long, or a page. */
function inOneLine(message: string): string {
	const line = message.replace(/\s+/g, " ").trim()
	return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED - 1)}…` : line
}
