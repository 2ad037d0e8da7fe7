import { DetailedError, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { ErrorCode } from "@bedrock-tiers/protocol"

/**
 * A failed request, classified once, where the error enters the provider. Its details are meant for users and contain
 * no secret.
 */
export class ProviderFailure extends DetailedError {
	override readonly name = "ProviderFailure"
	readonly code: ErrorCode
	/** HTTP status; `null` when there was no response. */
	readonly status: number | null

	/** Checks the shape, not the class, because the provider is a separate bundle with its own copy of this class. */
	static is(error: unknown): error is ProviderFailure {
		return error instanceof Error && error.name === "ProviderFailure" && "code" in error && "status" in error
	}

	constructor(
		code: ErrorCode,
		details: ErrorDetail | readonly ErrorDetail[],
		options: { status?: number | null; cause?: unknown } = {},
	) {
		super(details, { cause: options.cause })
		this.code = code
		this.status = options.status ?? null
	}
}

/** The failure of a request that cannot be sent as it is. */
export function badInput(details: ErrorDetail | readonly ErrorDetail[]): ProviderFailure {
	return new ProviderFailure("bad-input", details)
}
