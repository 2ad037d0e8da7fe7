import { currentTranslation } from "../text/translate"

/**
 * USD for people: cents from one dollar up, four decimals below it, two significant digits below a tenth of a cent.
 * Zero is "$0.00"; an amount that is not zero never reads as zero.
 */
export function formatUsd(usd: number, locale = currentTranslation().language): string {
	const digits =
		usd === 0 || usd >= 1
			? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
			: usd >= 0.001
				? { minimumFractionDigits: 4, maximumFractionDigits: 4 }
				: { minimumSignificantDigits: 2, maximumSignificantDigits: 2 }
	return new Intl.NumberFormat(locale, {
		style: "currency",
		currency: "USD",
		currencyDisplay: "narrowSymbol",
		...digits,
	}).format(usd)
}

/** A unit price (USD per million tokens) for people, with all its digits: "$0.2625". */
export function formatUnitPrice(usdPerMTok: number, locale = "en-US"): string {
	return new Intl.NumberFormat(locale, {
		style: "currency",
		currency: "USD",
		currencyDisplay: "narrowSymbol",
		minimumFractionDigits: 2,
		maximumFractionDigits: 9,
	}).format(usdPerMTok)
}
