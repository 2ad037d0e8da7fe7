/**
 * Decimals of a USD amount for display: two from $1, four from $0.001, two significant digits below that. Zero has two; an
 * amount that is not zero is never displayed as zero.
 */
export function usdDigits(usd: number): number {
	if (usd === 0 || usd >= 1) return 2
	return usd >= 0.001 ? 4 : 1 - Math.floor(Math.log10(usd))
}

/**
 * Formats a USD amount for display.
 * @param digits decimals; those of the amount itself by default
 */
export function formatUsd(usd: number, locale = "en", digits = usdDigits(usd)): string {
	return formatCurrency(usd, locale, digits, digits)
}

/** Formats a unit price (USD per million tokens) for display with all its digits, for example "$0.2625". */
export function formatUnitPrice(usdPerMTok: number, locale = "en-US"): string {
	return formatCurrency(usdPerMTok, locale, 2, 9)
}

function formatCurrency(usd: number, locale: string, minimumFractionDigits: number, maximumFractionDigits: number) {
	return new Intl.NumberFormat(locale, {
		style: "currency",
		currency: "USD",
		currencyDisplay: "narrowSymbol",
		minimumFractionDigits,
		maximumFractionDigits,
	}).format(usd)
}
