import {
	formatUnitPrice,
	formatUsd,
	isServiceTier,
	sharedUsdDigits,
	usdGroup,
	type ServedTier,
} from "@bedrock-tiers/core"
import { formatDetails, type DetailLanguage, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { TFunction } from "i18next"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { detailTexts } from "./i18n"

/** Formats values as text for the user, in one language. */
export type Locale = {
	readonly t: TFunction
	usd(usd: number): string
	/** Amounts that are compared: with equal decimals. */
	usdList(amounts: readonly number[]): readonly string[]
	/** Parts of a sum: with equal decimals, and adding up to the total. */
	usdGroup(amounts: readonly number[]): { readonly amounts: readonly string[]; readonly total: string }
	unitPrice(usdPerMTok: number): string
	count(count: number): string
	/** Rounded to at most two decimals. */
	number(number: number): string
	/** Compact notation, such as "128K". */
	compact(count: number): string
	percent(percent: number): string
	list(items: readonly string[], type?: "conjunction" | "disjunction"): string
	date(isoDate: string): string
	/** Time of day, in the user's time zone. */
	time(isoTime: string): string
	/** Day and month, in the user's time zone. */
	day(isoTime: string): string
	/** A duration in seconds, with at most two decimals below one second, else at most one. */
	seconds(ms: number): string
	/** Date and time of day, in the user's time zone. */
	dateTime(isoDate: string): string
	/** An unknown tier is shown as AWS wrote it. */
	tier(tier: ServedTier): string
	/** Sentences that describe an error. */
	details(details: readonly ErrorDetail[]): string
}

type LocaleSource = {
	readonly t: TFunction
	readonly language: string
	/** Texts of error details; English by default. */
	readonly textOf?: DetailLanguage["textOf"]
}

export function createLocale({ t, language, textOf = () => undefined }: LocaleSource): Locale {
	const numbers = new Intl.NumberFormat(language)
	const decimals = new Intl.NumberFormat(language, { maximumFractionDigits: 2 })
	const shortNumbers = new Intl.NumberFormat(language, { notation: "compact" })
	const percents = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 6 })
	const times = new Intl.DateTimeFormat(language, { timeStyle: "short" })
	const days = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" })
	const secondsOf = (maximumFractionDigits: number) =>
		new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "narrow", maximumFractionDigits })
	const [seconds, shortSeconds] = [secondsOf(1), secondsOf(2)]
	const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" })
	const datesAndTimes = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" })
	return {
		t,
		usd: (usd) => formatUsd(usd, language),
		usdList: (amounts) => amounts.map((usd) => formatUsd(usd, language, sharedUsdDigits(amounts))),
		usdGroup(unrounded) {
			const { amounts, total, digits } = usdGroup(unrounded)
			const format = (usd: number) => formatUsd(usd, language, digits)
			return { amounts: amounts.map(format), total: format(total) }
		},
		unitPrice: (usdPerMTok) => formatUnitPrice(usdPerMTok, language),
		count: (count) => numbers.format(count),
		number: (number) => decimals.format(number),
		compact: (count) => shortNumbers.format(count),
		percent: (percent) => percents.format(percent / 100),
		list: (items, type = "conjunction") => new Intl.ListFormat(language, { type }).format(items),
		date(isoDate) {
			const date = new Date(isoDate)
			return Number.isNaN(date.getTime()) ? isoDate : dates.format(date)
		},
		time(isoTime) {
			const date = new Date(isoTime)
			return Number.isNaN(date.getTime()) ? isoTime : times.format(date)
		},
		day: (isoTime) => days.format(new Date(isoTime)),
		seconds: (ms) => (ms < 1000 ? shortSeconds : seconds).format(ms / 1000),
		dateTime: (isoDate) => datesAndTimes.format(new Date(isoDate)),
		tier: (tier) => (isServiceTier(tier) ? t(`tier.${tier}`) : tier),
		details: (details) => formatDetails(details, { language, textOf }),
	}
}

export function useLocale(): Locale {
	const { t, i18n } = useTranslation()
	// The language of the loaded messages, not the requested one: numbers must be in the same language as the text.
	const language = i18n.resolvedLanguage ?? "en"
	return useMemo(() => createLocale({ t, language, textOf: detailTexts(i18n) }), [t, language, i18n])
}
