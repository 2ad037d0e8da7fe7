import type { ErrorCode } from "@bedrock-tiers/protocol"

/** A failed request, classified once, at the edge. Its message is one sentence for people and holds no secret. */
export class ProviderFailure extends Error {
	override readonly name = "ProviderFailure"
	readonly code: ErrorCode
	/** HTTP status; null = there was no answer. */
	readonly status: number | null

	/** By its shape: the provider lies in a bundle of its own, with a class of its own. */
	static is(error: unknown): error is ProviderFailure {
		return error instanceof Error && error.name === "ProviderFailure" && "code" in error && "status" in error
	}

	constructor(code: ErrorCode, message: string, options: { status?: number | null; cause?: unknown } = {}) {
		super(message, { cause: options.cause })
		this.code = code
		this.status = options.status ?? null
	}
}
