import { formatUsd } from "@bedrock-tiers/core"
import type { englishDetails } from "./english"

export type DetailCode = keyof typeof englishDetails

/**
 * What exactly went wrong, as data. Text is made where it is shown, so that a stored error can be shown in another
 * language later.
 */
export type ErrorDetail = {
	/** A `DetailCode`, or an unknown code in data that a newer version stored. */
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
	/** `undefined` for an unknown code. */
	readonly textOf: (code: string) => string | undefined
}

/** Formats details as sentences, one after the other. A detail with an unknown code is shown as its code. */
export function formatDetails(details: readonly ErrorDetail[], language: DetailLanguage): string {
	return details
		.map(({ code, params }) => {
			const text = code === "text" ? "{text}" : (language.textOf(code) ?? code)
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
