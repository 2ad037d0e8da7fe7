import { DetailedError, type ErrorDetail } from "@bedrock-tiers/error-details"

/** Reasons why a price list was rejected. */
type PriceListFailureReason =
	| "offline"
	| "not-published"
	| "redirected"
	| "http-status"
	| "stalled"
	| "too-big"
	| "cut"
	| "not-json"
	| "wrong-shape"
	| "refused"
	| "cancelled"

/** A price list was rejected. Nothing has been changed when this is thrown. */
export class PriceListFailure extends DetailedError {
	override readonly name = "PriceListFailure"

	constructor(
		readonly reason: PriceListFailureReason,
		what: ErrorDetail,
		options?: ErrorOptions,
	) {
		super(what, options)
	}
}
