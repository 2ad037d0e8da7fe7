/** Why a price list was not taken. */
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

/** A price list that was not taken, with one sentence for people. Nothing was changed when it is thrown. */
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
