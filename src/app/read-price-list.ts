import { currentTranslation } from "@bedrock-tiers/core"
import type { RefreshedPrices } from "@bedrock-tiers/protocol"

export type ReadPriceListOptions = {
	/** Undefined = AWS's own. */
	readonly baseUrl: string | undefined
	readonly signal: AbortSignal
	readonly onProgress: (filesRead: number, files: number) => void
}

export type PriceListReading = {
	readonly prices: RefreshedPrices
	/** Prices that are as the built-in catalog has them. */
	readonly confirmed: number
	/** Prices that differ from the catalog's, or that it does not have. */
	readonly different: number
	/** Token prices in the list that were not understood. */
	readonly notUnderstood: number
}

/**
 * Reads AWS's price list for one region. The rows that it would change in the built-in catalog stand over it then.
 * @throws PriceListFailure with a sentence for people; nothing is changed then
 */
export async function readPriceList(region: string, options: ReadPriceListOptions): Promise<PriceListReading> {
	const { baseUrl, signal, onProgress } = options
	// A file of its own in dist/, since it is seldom needed.
	const { builtInPrices, fetchPriceUpdate, setTranslation } = await import("../price-list")
	setTranslation(currentTranslation())
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
