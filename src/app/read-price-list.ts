import type { RefreshedPrices } from "@bedrock-tiers/protocol"

export type ReadPriceListOptions = {
	/** Base URL of the price list; `undefined` for AWS's own. */
	readonly baseUrl: string | undefined
	readonly signal: AbortSignal
	readonly onProgress: (filesRead: number, files: number) => void
}

export type PriceListReading = {
	readonly prices: RefreshedPrices
	/** Number of prices equal to those in the built-in catalog. */
	readonly confirmed: number
	/** Number of prices that differ from the catalog's or are missing from it. */
	readonly different: number
	/** Number of token prices in the list that could not be interpreted. */
	readonly notUnderstood: number
}

/**
 * Reads AWS's price list for one region. The result has the rows that differ from the built-in catalog, and overrides
 * it.
 * @throws PriceListFailure; nothing has been changed then
 */
export async function readPriceList(region: string, options: ReadPriceListOptions): Promise<PriceListReading> {
	const { baseUrl, signal, onProgress } = options
	// A separate bundle in dist/, loaded on demand because it is rarely needed.
	const { builtInPrices, fetchPriceUpdate } = await import("../price-list")
	const report = await fetchPriceUpdate({
		catalog: builtInPrices(),
		regions: [region],
		signal,
		onProgress,
		...(baseUrl !== undefined && { baseUrl }),
	})
	const publishedOn = report.files
		.map((file) => file.publishedOn ?? "")
		.reduce((latest, date) => (date > latest ? date : latest))
	const rows = [...report.updatedRows, ...report.newRows]
	return {
		prices: { region, publishedOn, refreshedAt: new Date().toISOString(), rows },
		confirmed: report.confirmed,
		different: report.changes.length + report.newRows.length,
		notUnderstood: report.notUnderstood.reduce((sum, { count }) => sum + count, 0),
	}
}
