import { currentTranslation } from "../text/translate"

/**
 * Formats a USD amount for display: two decimals from $1, four decimals from $0.001, two significant digits below that.
 * Zero is "$0.00"; an amount that is not zero is never displayed as zero.
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

/** Formats a unit price (USD per million tokens) for display with all its digits, for example "$0.2625". */
export function formatUnitPrice(usdPerMTok: number, locale = "en-US"): string {
	return new Intl.NumberFormat(locale, {
		style: "currency",
		currency: "USD",
		currencyDisplay: "narrowSymbol",
		minimumFractionDigits: 2,
		maximumFractionDigits: 9,
	}).format(usdPerMTok)
}
