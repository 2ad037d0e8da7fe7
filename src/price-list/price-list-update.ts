import { detail } from "@bedrock-tiers/error-details"
import type { CatalogPrices } from "./catalog-prices"
import { comparePrices } from "./compare-prices"
import type { PriceComparison } from "./price-comparison"
import { fetchPriceList } from "./fetch-price-list"
import { PRICE_LIST_OFFERS, type PriceListOffer } from "./price-list"
import { PriceListFailure } from "./price-list-failure"
import type { ReadOptions } from "./read-price-list"
import {
	isLeftOut,
	toPriceRows,
	wantedUsage,
	type ReadPrice,
	type SkippedPrice,
	type SkipReason,
} from "./to-price-rows"

/** Base URL at which AWS publishes its price list. No credentials are needed. */
export const PRICE_LIST_URL = "https://pricing.us-east-1.amazonaws.com"

export type PriceUpdateOptions = {
	readonly catalog: CatalogPrices
	readonly regions: readonly string[]
	/** Another base URL with the same files: https, or http on this machine. */
	readonly baseUrl?: string
	readonly onProgress?: (filesRead: number, files: number) => void
} & Pick<ReadOptions, "signal" | "idleMs" | "maxBytes">

/** Number of prices that were skipped for one reason, with the first few examples. */
export type ReasonSummary = {
	readonly reason: SkipReason
	readonly count: number
	readonly examples: readonly Omit<SkippedPrice, "reason">[]
}

/** The changes that AWS's price list would make. Plain data, for the terminal, the extension and scripts. */
export type PriceUpdateReport = Omit<PriceComparison, "skipped"> & {
	readonly regions: readonly string[]
	readonly files: readonly Pick<ReadFile, "offer" | "region" | "publishedOn">[]
	/** The prices that were read, each with the region of its file. */
	readonly prices: readonly ReadPrice[]
	/** Prices that this project does not use: batch, images, reserved capacity and others. */
	readonly leftOut: readonly ReasonSummary[]
	readonly notUnderstood: readonly ReasonSummary[]
}

type ReadFile = {
	readonly offer: PriceListOffer
	readonly region: string
	/** ISO date; `null` when AWS does not publish the file. */
	readonly publishedOn: string | null
	readonly prices: readonly ReadPrice[]
	readonly skipped: readonly SkippedPrice[]
}

/** Maximum number of concurrent downloads. */
const MAX_CONCURRENT = 3

/**
 * Fetches the price list of the regions and compares it with the catalog. It stores nothing. No request is sent before
 * this function is called.
 * @throws PriceListFailure when a file cannot be read or is implausible; there are no partial reports
 */
export async function fetchPriceUpdate(options: PriceUpdateOptions): Promise<PriceUpdateReport> {
	const { catalog, regions, onProgress } = options
	const requested = regions.flatMap((region) => PRICE_LIST_OFFERS.map((offer) => ({ region, offer })))
	const files: ReadFile[] = []
	const stop = new AbortController()
	const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal
	const queue = [...requested]
	const worker = async () => {
		for (let next = queue.shift(); next; next = queue.shift()) {
			files.push(await readFile(next.offer, next.region, { ...options, signal }))
			onProgress?.(files.length, requested.length)
		}
	}
	try {
		await Promise.all(Array.from({ length: MAX_CONCURRENT }, worker))
	} catch (error) {
		stop.abort()
		throw error
	}
	files.sort((a, b) => `${a.region} ${a.offer}`.localeCompare(`${b.region} ${b.offer}`, "en"))
	const unknown = regions.find((region) => !files.some((file) => file.region === region && file.publishedOn !== null))
	if (unknown !== undefined)
		throw new PriceListFailure("not-published", detail("price-list.not-published", { region: unknown }))

	const prices = files.flatMap((file) => file.prices)
	const { skipped, ...comparison } = comparePrices(catalog, prices, regions)
	return {
		...comparison,
		regions,
		files: files.map(({ offer, region, publishedOn }) => ({ offer, region, publishedOn })),
		prices,
		...summarize([...files.flatMap((file) => file.skipped), ...skipped]),
	}
}

/** Whether the catalog has all prices of the price list. */
export function isUpToDate({ changes, newRows }: PriceComparison | PriceUpdateReport): boolean {
	return changes.length === 0 && newRows.length === 0
}

async function readFile(offer: PriceListOffer, region: string, options: PriceUpdateOptions): Promise<ReadFile> {
	const { catalog, baseUrl = PRICE_LIST_URL, signal, idleMs, maxBytes } = options
	const skipped: SkippedPrice[] = []
	const list = await fetchPriceList({
		url: `${baseUrl.replace(/(?<!\/)\/+$/, "")}/offers/v1.0/aws/${offer}/current/${region}/index.json`,
		offer,
		keep: (product) =>
			wantedUsage(product, region, (reason, detail = null) => {
				skipped.push({ reason, region, usageType: product.usageType, detail })
				return null
			}) !== null,
		signal,
		idleMs,
		maxBytes,
	})
	if (!list) return { offer, region, publishedOn: null, prices: [], skipped: [] }
	const rows = toPriceRows(list, region, (id) => catalog.models.has(id))
	const { publishedOn } = list
	return { offer, region, publishedOn, prices: rows.prices, skipped: [...skipped, ...rows.skipped] }
}

const MAX_EXAMPLES = 5

/** Counts skipped prices by reason, the most frequent reason first. */
function summarize(skipped: readonly SkippedPrice[]): Pick<PriceUpdateReport, "leftOut" | "notUnderstood"> {
	const byReason = new Map<SkipReason, { count: number; examples: Omit<SkippedPrice, "reason">[] }>()
	for (const { reason, ...example } of skipped) {
		const summary = byReason.get(reason) ?? { count: 0, examples: [] }
		byReason.set(reason, summary)
		summary.count++
		// One example per detail is more useful than five with the same detail.
		const isNew = !summary.examples.some(({ detail }) => detail !== null && detail === example.detail)
		if (summary.examples.length < MAX_EXAMPLES && isNew) summary.examples.push(example)
	}
	const all = [...byReason].map(([reason, summary]) => ({ reason, ...summary })).sort((a, b) => b.count - a.count)
	return {
		leftOut: all.filter(({ reason }) => isLeftOut(reason)),
		notUnderstood: all.filter(({ reason }) => !isLeftOut(reason)),
	}
}
