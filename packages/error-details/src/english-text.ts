import { formatDetails, type DetailLanguage, type ErrorDetail } from "./error-detail"
import { englishDetails } from "./english"

/** English, for the terminal, for logs, and where VS Code's language has no translation. */
export const ENGLISH: DetailLanguage = {
	language: "en",
	textOf: (code) =>
		Object.hasOwn(englishDetails, code) ? englishDetails[code as keyof typeof englishDetails] : undefined,
}

export function englishText(details: readonly ErrorDetail[]): string {
	return formatDetails(details, ENGLISH)
}

/** An error that carries its details. `message` is their English text, for the terminal and for logs. */
export class DetailedError extends Error {
	readonly details: readonly ErrorDetail[]

	constructor(details: ErrorDetail | readonly ErrorDetail[], options?: ErrorOptions) {
		const list = "code" in details ? [details] : details
		super(englishText(list), options)
		this.details = list
	}
}
