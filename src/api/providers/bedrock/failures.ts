import { nearestModelId, type FailedOutcome } from "@bedrock-tiers/core"
import { detail, detailsOf, textDetail, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { ErrorCode } from "@bedrock-tiers/protocol"
import { ProviderFailure } from "../../provider-failure"
import { proxyDetail, proxyError } from "./connection/proxy-failure"
import type { Signing } from "./connection/signing"
import { credentialDetail, wrongCredentialsDetail } from "./credential-details"
import { refusedParameter } from "./parameter-refusal"
import type { RequestPlan } from "./request-plan"

/**
 * This is the only place that classifies errors: by exception name and status, and by AWS's fixed messages where the
 * name is ambiguous. Ordinary words in a message are never used. Sources: docs/wire-contract.md.
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

/** AWS cannot identify the caller: the keys are wrong, or do not belong together. The last two names are from STS. */
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
 * Fixed messages of ValidationException that have a meaning of their own. They are matched from the beginning, because
 * a message may quote the user's text. TIER_REFUSED covers messages about the service tier, about a missing
 * reservation, and about a tier from Bedrock's other endpoint. Sources: docs/wire-contract.md.
 */
const TIER_REFUSED =
	/^((The )?(provided |requested |specified )?service[ _]?tier\b|Reservation not found\b|'\w+' is not supported for 'service_tier')/i
const PROMPT_TOO_LONG =
	/^(The model returned the following errors: )?(Input is too long for requested model\b|prompt is too long\b|input length and `max_tokens` exceed context limit\b|Input Tokens Exceeded\b|This model's maximum context length is\b)/i
/** Fixed message of ThrottlingException: the quota of a day, which a retry after some seconds cannot cure. */
const DAILY_QUOTA = /^Too many (tokens|requests) per day\b/i
const NO_SUCH_MODEL = /^The provided model identifier is invalid\b/i
const NEEDS_PROFILE = /^Invocation of model ID .{1,2048} with on-demand throughput isn.t supported\b/i
/** Bedrock's AccessDeniedException message for an unknown bearer token. */
const UNKNOWN_API_KEY = /^Authentication failed: Please make sure your API Key is valid/
const EXPIRED_API_KEY = /^Bearer Token has expired\b/i
/**
 * The SDK uses one error name for a missing and for an expired sign-in. These are its messages, from two of its
 * packages.
 */
const SIGN_IN_FAILED = new Set(["CredentialsProviderError", "TokenProviderError"])
const SIGN_IN_EXPIRED = /^(The SSO session associated with this profile (has expired|is invalid)|Token is expired)\./

/** Clock skew between this machine and AWS: AWS's names for it, and its message under the name of a wrong signature. */
const CLOCK_SKEW = new Set(["RequestTimeTooSkewed", "RequestInTheFuture"])
const CLOCK_SKEW_MESSAGE = /^Signature (expired|not yet current): /

const REFUSED_STREAM = /^Stream closed with error code NGHTTP2_REFUSED_STREAM$/
/** Subset of NOT_CONNECTED: the certificate of the server, or of an intermediary, was not accepted. */
const UNTRUSTED = /^(CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*|ERR_TLS_CERT_.*)$/

const MAX_QUOTED = 1_000

/** Node's system error codes of a connection, and those of its HTTP/1.1, HTTP/2 and TLS layers. */
const NETWORK_CODE =
	/^(E[A-Z_]+|HPE_.*|ERR_(HTTP2|TLS|SSL|INVALID_URL).*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/

/**
 * The SDK reports a lost connection as a timeout, over HTTP/2 with a message of its own. A real timeout has another
 * code, or none.
 */
const LOST_CODE = /^(ECONNRESET|EPIPE)$/
const LOST_MESSAGE = /^Unexpected error: http2 request did not get a response/
/** Subset of NETWORK_CODE raised before anything was sent, because no connection was made. */
const NOT_CONNECTED =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_(TLS|SSL|INVALID_URL).*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/

/** Classifies a request that failed before its answer began. */
export function classifyRequestFailure(error: unknown, plan: RequestPlan, signal: AbortSignal): ProviderFailure {
	if (ProviderFailure.is(error)) return error
	if (signal.aborted) return cancelledFailure(signal)
	if (!(error instanceof Error)) return new ProviderFailure("unknown", detailsOf(error), { cause: error })
	const failure: SdkError = error
	const status = failure.$metadata?.httpStatusCode ?? null
	const code = hasExpired(failure, plan.signing) ? "credentials-expired" : codeOf(failure, status)
	// AWS's message about a signature quotes the signed content, including the session token.
	const cause = isUnknownCaller(failure) || isClockSkew(failure) ? failure.name : error
	return new ProviderFailure(code, failureDetails(code, failure, plan, status), { status, cause })
}

/**
 * Classifies a request that failed while its answer was arriving.
 * @param error `undefined` when the answer ended without an error: over HTTP/2 an abort ends it so, too
 */
export function classifyStreamFailure(error: unknown, plan: RequestPlan, signal: AbortSignal): ProviderFailure {
	if (signal.aborted) return cancelledFailure(signal)
	return isServiceException(error) ? classifyRequestFailure(error, plan, signal) : incompleteStream(error)
}

/**
 * Returns how far a request got that failed before its answer began: `not-sent` when it never left this machine,
 * `refused` when Bedrock rejected it or its HTTP/2 stream, `unanswered` when no response came.
 */
export function outcomeOf(error: unknown, sent: boolean): FailedOutcome | "not-sent" {
	const isInvalid = ProviderFailure.is(error) && error.code === "bad-input"
	if (!sent || isInvalid || proxyError(error)) return "not-sent"
	if (isRefusedStream(error)) return "refused"
	if (error instanceof Error && NOT_CONNECTED.test(connectionCode(error) ?? "")) return "not-sent"
	return isServiceException(error) ? "refused" : "unanswered"
}

/**
 * Whether the server refused to process a stream of HTTP/2: by RST_STREAM, or by GOAWAY with a last stream id below it,
 * which Node reports by the same code.
 */
export function isRefusedStream(error: unknown): boolean {
	return error instanceof Error && REFUSED_STREAM.test(error.message)
}

/**
 * Whether AWS itself reported the error, in an error response or an exception frame. The SDK sets `$fault` on those.
 */
export function isServiceException(error: unknown): boolean {
	return error instanceof Error && "$fault" in error
}

/** The answer ended without its end marker: it was cut, damaged, or closed silently. */
export function incompleteStream(cause?: unknown): ProviderFailure {
	const reason = cause instanceof Error ? toSingleLine(exceptionMessage(cause.message)) : ""
	const what = reason ? detail("request.incomplete-because", { reason }) : detail("request.incomplete")
	return new ProviderFailure("stream-incomplete", what, { cause })
}

/** The request was aborted by the user, or by a limit of the provider, which then is the signal's reason. */
export function cancelledFailure({ reason }: AbortSignal): ProviderFailure {
	if (ProviderFailure.is(reason)) return reason
	return new ProviderFailure("cancelled", detail("request.cancelled"), { cause: reason })
}

function codeOf(error: SdkError, status: number | null): ErrorCode {
	if (error.name === "ValidationException") {
		if (TIER_REFUSED.test(error.message)) return "tier-refused"
		if (PROMPT_TOO_LONG.test(error.message)) return "prompt-too-long"
		if (NO_SUCH_MODEL.test(error.message)) return "model-not-found"
		if (refusedParameter(error.message)) return "parameter-refused"
	}
	if (error.name === "ThrottlingException" && DAILY_QUOTA.test(error.message)) return "daily-quota"
	if (SIGN_IN_FAILED.has(error.name) && SIGN_IN_EXPIRED.test(error.message)) return "credentials-expired"
	if (isClockSkew(error) || isUnknownCaller(error)) return "access-denied"
	if (isNotBedrock(error, status) || proxyError(error)) return "network"
	if (status === null && isLostConnection(error)) return "network"
	const named = BY_NAME[error.name]
	if (named) return named
	if (status !== null && BY_STATUS[status]) return BY_STATUS[status]
	if (status === null && NETWORK_CODE.test(connectionCode(error) ?? "")) return "network"
	return "unknown"
}

function isLostConnection(error: SdkError): boolean {
	return LOST_CODE.test(connectionCode(error) ?? "") || LOST_MESSAGE.test(error.message)
}

function isUnknownCaller({ name, message }: SdkError): boolean {
	return UNKNOWN_CALLER.has(name) || (name === "AccessDeniedException" && UNKNOWN_API_KEY.test(message))
}

/** AWS reports an expired API key as an unknown one, or by a message; a short-term key states when it expires. */
function hasExpired(error: SdkError, { apiKey }: Signing): boolean {
	if (error.name === "AccessDeniedException" && EXPIRED_API_KEY.test(error.message)) return true
	return isUnknownCaller(error) && apiKey !== null && apiKey.expiresAt <= Date.now()
}

function isClockSkew({ name, message }: SdkError): boolean {
	return CLOCK_SKEW.has(name) || (UNKNOWN_CALLER.has(name) && CLOCK_SKEW_MESSAGE.test(message))
}

/**
 * Whether the response is from an intermediary: an error page, a redirect, or a proxy that requires a password. Bedrock
 * reports errors as JSON and sends neither of the other two.
 */
function isNotBedrock(error: SdkError, status: number | null): boolean {
	return status !== null && (status < 400 || status === 407 || (error.name === "SyntaxError" && !error.$fault))
}

/** Over HTTP/2 the error is a cancelled stream; its `cause` is what happened to the connection. */
function connectionCode(error: SdkError): string | undefined {
	const cause = error.cause
	return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : error.code
}

/** Says what failed and what to do, followed by AWS's message where it helps. */
function failureDetails(code: ErrorCode, error: SdkError, plan: RequestPlan, status: number | null): ErrorDetail[] {
	const message = toSingleLine(error.message)
	const description = failureDetail(code, error, plan, status)
	const nearest = code === "model-not-found" && !plan.model ? nearestModelId(plan.bedrockModelId) : null
	if (nearest !== null) return [description, detail("did-you-mean", { nearest })]
	if (message === "" || isUnexplained(error, status)) return [description]
	if (code === "unknown") return [description, textDetail(message)]
	return shouldQuoteAws(code, error) ? [description, detail("request.aws-says", { message })] : [description]
}

function failureDetail(code: ErrorCode, error: SdkError, plan: RequestPlan, status: number | null): ErrorDetail {
	const model = plan.model?.name ?? plan.bedrockModelId
	switch (code) {
		case "tier-refused":
			return detail("request.tier-refused", { tier: plan.tier.sentTier ?? "default", model, region: plan.region })
		case "quota-throttled":
			return detail("request.quota", { model })
		case "daily-quota":
			return detail("request.daily-quota", { model })
		case "parameter-refused": {
			const parameter = refusedParameter(error.message) ?? ""
			return detail("request.parameter-refused", {
				model,
				parameter,
				modelId: plan.bedrockModelId,
				api: plan.api,
			})
		}
		case "prompt-too-long":
			return detail("request.prompt-too-long-for-bedrock", { model })
		case "capacity-refused":
			return detail("request.no-capacity", { model })
		case "access-denied":
			if (isClockSkew(error)) return detail("request.clock-skew")
			return isUnknownCaller(error)
				? wrongCredentialsDetail(plan)
				: detail("request.permission-missing", { modelId: plan.bedrockModelId })
		case "credentials-missing":
			return credentialDetail("missing", plan.signing)
		case "credentials-expired":
			return credentialDetail("expired", plan.signing)
		case "model-not-found":
			return detail("request.model-not-found", { modelId: plan.bedrockModelId, region: plan.region })
		case "bad-input":
			return NEEDS_PROFILE.test(error.message)
				? detail("request.needs-profile", { modelId: plan.bedrockModelId })
				: detail("request.not-accepted")
		case "network":
			return networkDetail(error, status)
		case "timeout":
			return detail("request.timeout")
		default:
			if (isUnexplained(error, status)) return detail("request.failed-unexplained", { status: status ?? "" })
			return status === null
				? detail("request.failed", { name: error.name })
				: detail("request.failed-with-status", { status, name: error.name })
	}
}

function networkDetail(error: SdkError, status: number | null): ErrorDetail {
	const failed = proxyError(error)
	if (failed) return proxyDetail(failed)
	if (isNotBedrock(error, status)) return detail("request.not-from-bedrock", { status: status ?? "" })
	const reason = connectionCode(error) ?? error.message
	return UNTRUSTED.test(reason)
		? detail("request.certificate-untrusted", { reason })
		: detail("request.connection-failed", { reason })
}

/** AWS's messages about a signature quote the signed content, and messages about a connection come from the system. */
function shouldQuoteAws(code: ErrorCode, error: SdkError): boolean {
	if (code === "access-denied") return !isClockSkew(error) && !isUnknownCaller(error)
	return !["credentials-missing", "credentials-expired", "network", "timeout"].includes(code)
}

/** The SDK names an error "Unknown" when the response says nothing about it. */
function isUnexplained({ name }: SdkError, status: number | null): boolean {
	return status !== null && name === "Unknown"
}

/** For an unknown exception the SDK passes on the whole frame: `{"message": "…"}`. */
function exceptionMessage(text: string): string {
	try {
		const { message } = JSON.parse(text) as { message?: unknown }
		return typeof message === "string" ? message : text
	} catch {
		return text
	}
}

/** External messages may be long, or be a whole page. */
function toSingleLine(message: string): string {
	const line = message.replace(/\s+/g, " ").trim()
	return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED - 1)}…` : line
}
