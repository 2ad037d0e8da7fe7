import { englishText, type ErrorDetail } from "@bedrock-tiers/error-details"

/** Texts of the extension host in English. It has the type of the host's `HostLocale`. */
export const englishLocale = {
	t: (message: string, ...values: readonly (string | number)[]) =>
		message.replace(/\{(\d+)\}/g, (placeholder, index) => String(values[Number(index)] ?? placeholder)),
	language: "en",
	details: (details: readonly ErrorDetail[]) => englishText(details),
}

/** Collects reported problems as English texts. */
export function reportTo(problems: string[]): (...details: readonly ErrorDetail[]) => void {
	return (...details) => void problems.push(englishText(details))
}
