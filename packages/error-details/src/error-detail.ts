import { formatUsd } from "@bedrock-tiers/core"
import { englishDetails } from "./english"

export type DetailCode = keyof typeof englishDetails

/**
 * What exactly went wrong, as data. Text is made where it is shown, so that a stored error can be shown in another
 * language later.
 */
export type ErrorDetail = {
	/** A `DetailCode`; another text in data that a newer version stored. */
	readonly code: string
	readonly params: Readonly<Record<string, DetailParam>>
}
/** Details as a parameter are the reason, shown within the sentence. */
export type DetailParam = string | number | readonly ErrorDetail[]

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
	? Name | Placeholders<Rest>
	: never
type Params<Code extends DetailCode> = Placeholders<(typeof englishDetails)[Code]>

/** Creates a detail. The compiler checks that it has exactly the parameters that its English text contains. */
export function detail<Code extends DetailCode>(
	code: Code,
	...[params]: [Params<Code>] extends [never] ? [] : [Readonly<Record<Params<Code>, DetailParam>>]
): ErrorDetail {
	return { code, params: params ?? {} }
}

export function isDetailCode(text: string): text is DetailCode {
	return Object.hasOwn(englishDetails, text)
}

/** An error that carries its details. `message` is their English text, for the terminal and for logs. */
export class DetailedError extends Error {
	readonly details: readonly ErrorDetail[]

	constructor(details: ErrorDetail | readonly ErrorDetail[], options?: ErrorOptions) {
		const list = "code" in details ? [details] : details
		super(formatDetails(list), options)
		this.details = list
	}
}

/**
 * Details of any thrown value: the error message of the system or of a library becomes a detail with the code `text`.
 * Checks the shape, not the class, because each bundle has its own copy of the class.
 */
export function detailsOf(error: unknown): readonly ErrorDetail[] {
	if (error instanceof Error && "details" in error && Array.isArray(error.details))
		return error.details as readonly ErrorDetail[]
	return [textDetail(error instanceof Error ? error.message : String(error))]
}

/** A detail that is shown as this text in every language. */
export function textDetail(text: string): ErrorDetail {
	return detail("text", { text })
}

/** Texts of one language by code, and the language (BCP 47) for numbers. */
export type DetailLanguage = {
	readonly language: string
	/** `undefined` for an unknown code. A missing text is shown in English. */
	readonly textOf: (code: string) => string | undefined
}

const ENGLISH: DetailLanguage = { language: "en", textOf: () => undefined }

/** Formats details as sentences, one after the other. A detail with an unknown code is shown as its code. */
export function formatDetails(details: readonly ErrorDetail[], language: DetailLanguage = ENGLISH): string {
	return details
		.map(({ code, params }) => {
			const text = language.textOf(code) ?? (isDetailCode(code) ? englishDetails[code] : code)
			return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
				const value = Object.hasOwn(params, name) ? params[name] : undefined
				return value === undefined ? placeholder : formatParam(name, value, language)
			})
		})
		.join(" ")
}

function formatParam(name: string, value: DetailParam, locale: DetailLanguage): string {
	if (typeof value === "string") return value
	if (typeof value === "object") return formatDetails(value, locale)
	const { language } = locale
	if (name.endsWith("Usd")) return formatUsd(value, language)
	if (name.endsWith("Ms")) return formatDuration(value, language)
	return value.toLocaleString(language, { maximumFractionDigits: 20 })
}

/** Whole seconds below two minutes, otherwise whole minutes. */
function formatDuration(ms: number, language: string): string {
	const seconds = Math.round(ms / 1000)
	const [count, unit] = seconds >= 120 ? [Math.round(seconds / 60), "minute"] : [seconds, "second"]
	return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count)
}
