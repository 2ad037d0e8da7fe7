import { t } from "@bedrock-tiers/core"
import type { CatalogPrices } from "./catalog-prices"
import { comparePrices } from "./compare-prices"
import type { PriceComparison } from "./price-comparison"
import { fetchPriceList } from "./fetch-price-list"
import { PRICE_LIST_OFFERS, type PriceListOffer } from "./price-list"
import { PriceListFailure } from "./price-list-failure"
import { summarize, type ReasonSummary } from "./summarize"
import { toPriceRows, wantedUsage, type NotTaken, type ReadPrice } from "./to-price-rows"

/** Where AWS publishes its price list, without credentials. */
export const PRICE_LIST_URL = "https://pricing.us-east-1.amazonaws.com"

export type PriceUpdateOptions = {
	readonly catalog: CatalogPrices
	readonly regions: readonly string[]
	/** Another place with the same files: https, or http on this machine. */
	readonly baseUrl?: string
	readonly signal?: AbortSignal
	readonly onProgress?: (filesRead: number, files: number) => void
	/** For tests: see `ReadOptions`. */
	readonly idleMs?: number
	readonly maxBytes?: number
}

/** What AWS's price list would change. Plain data: for the terminal, for the extension, for a script. */
export type PriceUpdateReport = Omit<PriceComparison, "notTaken"> & {
	readonly regions: readonly string[]
	readonly files: readonly {
		readonly offer: PriceListOffer
		readonly region: string
		/** ISO date; null = AWS publishes no such file. */
		readonly publishedOn: string | null
	}[]
	/** Prices that were read, each in the region whose file has it. */
	readonly prices: readonly ReadPrice[]
	/** Kinds of prices that are none of ours: batch, images, reserved capacity and the like. */
	readonly leftOut: readonly ReasonSummary[]
	readonly notUnderstood: readonly ReasonSummary[]
}

type ReadFile = {
	readonly offer: PriceListOffer
	readonly region: string
	readonly publishedOn: string | null
	readonly prices: readonly ReadPrice[]
	readonly notTaken: readonly NotTaken[]
}

/** How many files are on their way at once. */
const AT_ONCE = 3

/**
 * Fetches the price list of the regions and compares it with the catalog. It stores nothing, and nothing leaves the
 * machine before it is called.
 * @throws PriceListFailure when a file cannot be read or is not believed; there is no report in part
 */
export async function fetchPriceUpdate(options: PriceUpdateOptions): Promise<PriceUpdateReport> {
	const { catalog, regions, onProgress } = options
	const wanted = regions.flatMap((region) => PRICE_LIST_OFFERS.map((offer) => ({ region, offer })))
	const files: ReadFile[] = []
	const stop = new AbortController()
	const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal
	const queue = [...wanted]
	const worker = async () => {
		for (let next = queue.shift(); next; next = queue.shift()) {
			files.push(await readFile(next.offer, next.region, { ...options, signal }))
			onProgress?.(files.length, wanted.length)
		}
	}
	try {
		await Promise.all(Array.from({ length: AT_ONCE }, worker))
	} catch (error) {
		stop.abort()
		throw error
	}
	files.sort((a, b) => `${a.region} ${a.offer}`.localeCompare(`${b.region} ${b.offer}`, "en"))
	const unknown = regions.find((region) => !files.some((file) => file.region === region && file.publishedOn !== null))
	if (unknown !== undefined)
		throw new PriceListFailure("not-published", t("AWS publishes no Bedrock price list for {0}.", unknown))

	const prices = files.flatMap((file) => file.prices)
	const { notTaken, ...comparison } = comparePrices(catalog, prices, regions)
	return {
		...comparison,
		regions,
		files: files.map(({ offer, region, publishedOn }) => ({ offer, region, publishedOn })),
		prices,
		...summarize([...files.flatMap((file) => file.notTaken), ...notTaken]),
	}
}

/** Whether the catalog is as the price list says. */
export function isUpToDate({ changes, newRows }: PriceComparison | PriceUpdateReport): boolean {
	return changes.length === 0 && newRows.length === 0
}

async function readFile(offer: PriceListOffer, region: string, options: PriceUpdateOptions): Promise<ReadFile> {
	const { catalog, baseUrl = PRICE_LIST_URL, signal, idleMs, maxBytes } = options
	const left: NotTaken[] = []
	const list = await fetchPriceList({
		url: `${baseUrl.replace(/\/+$/, "")}/offers/v1.0/aws/${offer}/current/${region}/index.json`,
		offer,
		keep: (product) =>
			wantedUsage(product, region, (reason, detail = null) => {
				left.push({ reason, region, usageType: product.usageType, detail })
				return null
			}) !== null,
		...(signal && { signal }),
		...(idleMs !== undefined && { idleMs }),
		...(maxBytes !== undefined && { maxBytes }),
	})
	if (!list) return { offer, region, publishedOn: null, prices: [], notTaken: [] }
	const { prices, notTaken } = toPriceRows(list, region, (id) => catalog.models.has(id))
	return { offer, region, publishedOn: list.publishedOn, prices, notTaken: [...left, ...notTaken] }
}
