/** Reasons why a price list was rejected. */
export const PRICE_LIST_FAILURES = [
	"offline",
	"not-published",
	"redirected",
	"http-status",
	"stalled",
	"too-big",
	"cut",
	"not-json",
	"wrong-shape",
	"refused",
	"cancelled",
] as const
export type PriceListFailureReason = (typeof PRICE_LIST_FAILURES)[number]

/** A price list was rejected. The message is one user-facing sentence. Nothing has been changed when this is thrown. */
export class PriceListFailure extends Error {
	override readonly name = "PriceListFailure"

	constructor(
		readonly reason: PriceListFailureReason,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options)
	}
}
