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

export type Locale = ReturnType<typeof createLocale>

type LocaleSource = {
	readonly t: TFunction
	readonly language: string
	/** Texts of error details; English by default. */
	readonly textOf?: DetailLanguage["textOf"]
}

/** Formats values as text for the user, in one language. */
export function createLocale({ t, language, textOf = () => undefined }: LocaleSource) {
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
	/** An invalid date is shown as it is stored. */
	const formatDate = (format: Intl.DateTimeFormat, isoDate: string) => {
		const date = new Date(isoDate)
		return Number.isNaN(date.getTime()) ? isoDate : format.format(date)
	}
	return {
		t,
		usd: (usd: number) => formatUsd(usd, language),
		/** Amounts that are compared: with equal decimals. */
		usdList: (amounts: readonly number[]) =>
			amounts.map((usd) => formatUsd(usd, language, sharedUsdDigits(amounts))),
		/** Parts of a sum: with equal decimals, and adding up to the total. */
		usdGroup(unrounded: readonly number[]) {
			const { amounts, total, digits } = usdGroup(unrounded)
			const format = (usd: number) => formatUsd(usd, language, digits)
			return { amounts: amounts.map(format), total: format(total) }
		},
		unitPrice: (usdPerMTok: number) => formatUnitPrice(usdPerMTok, language),
		count: (count: number) => numbers.format(count),
		/** Rounded to at most two decimals. */
		number: (number: number) => decimals.format(number),
		/** Compact notation, such as "128K". */
		compact: (count: number) => shortNumbers.format(count),
		percent: (percent: number) => percents.format(percent / 100),
		list: (items: readonly string[], type: "conjunction" | "disjunction" = "conjunction") =>
			new Intl.ListFormat(language, { type }).format(items),
		date: (isoDate: string) => formatDate(dates, isoDate),
		/** Time of day, in the user's time zone. */
		time: (isoTime: string) => formatDate(times, isoTime),
		/** Day and month, in the user's time zone. */
		day: (isoTime: string) => days.format(new Date(isoTime)),
		/** A duration in seconds, with at most two decimals below one second, else at most one. */
		seconds: (ms: number) => (ms < 1000 ? shortSeconds : seconds).format(ms / 1000),
		/** Date and time of day, in the user's time zone. */
		dateTime: (isoDate: string) => datesAndTimes.format(new Date(isoDate)),
		/** An unknown tier is shown as AWS wrote it. */
		tier: (tier: ServedTier) => (isServiceTier(tier) ? t(`tier.${tier}`) : tier),
		/** Sentences that describe an error. */
		details: (details: readonly ErrorDetail[]) => formatDetails(details, { language, textOf }),
	}
}

export function useLocale(): Locale {
	const { t, i18n } = useTranslation()
	// The language of the loaded messages, not the requested one: numbers must be in the same language as the text.
	const language = i18n.resolvedLanguage ?? "en"
	return useMemo(() => createLocale({ t, language, textOf: detailTexts(i18n) }), [t, language, i18n])
}
