import { DetailedError, type ErrorDetail } from "@bedrock-tiers/error-details"

/** A message of the webview asks for something that is not possible. Nothing was changed. */
export class RequestRefused extends DetailedError {
	/** @param field the invalid field of the message; empty for the whole message */
	constructor(
		detail: ErrorDetail,
		readonly field = "",
	) {
		super(detail)
	}
}
