import { detail } from "@bedrock-tiers/error-details"
import { JSONParser } from "@streamparser/json"
import { withIdleTimeout } from "./idle-timeout"
import type { PriceList, PriceListEntry, PriceListOffer, PriceListProduct, PrintedPrice } from "./price-list"
import { PriceListFailure } from "./price-list-failure"

export type ReadOptions = {
	readonly offer: PriceListOffer
	/** Filter for products; all products are kept when it is omitted. */
	readonly keep?: (product: PriceListProduct) => boolean
	/** Maximum size of the file in bytes; a larger file is refused. */
	readonly maxBytes?: number | undefined
	/** Milliseconds without data after which the download fails. */
	readonly idleMs?: number | undefined
	readonly signal?: AbortSignal | undefined
}

/** The file of one region has about 1.5 MB (2026), and all regions together have about 50 MB. */
export const MAX_BYTES = 128 * 1024 * 1024
export const IDLE_MS = 30_000

const PATHS = ["$.offerCode", "$.publicationDate", "$.products.*", "$.terms.OnDemand.*"]

/**
 * Reads one bulk file of AWS's price list from a stream. Memory use is bounded by the products that are kept. Unknown
 * members are ignored.
 * @throws PriceListFailure when the file is truncated, empty, not JSON, of another shape or offer, or too large, when
 * the stream stalls, or when the signal aborts
 */
export async function readPriceList(body: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<PriceList> {
	const { offer, keep = () => true, maxBytes = MAX_BYTES, idleMs = IDLE_MS, signal } = options
	const file = new FileReading(offer, keep)
	const chunks = body[Symbol.asyncIterator]()
	try {
		let bytes = 0
		for (;;) {
			const next = await withIdleTimeout(chunks.next(), idleMs, signal)
			if (next.done) break
			bytes += next.value.byteLength
			if (bytes > maxBytes)
				throw new PriceListFailure("too-big", detail("price-list.too-big", { offer, maxBytes }))
			file.take(next.value)
		}
		return file.finish(bytes)
	} finally {
		// Not awaited, because a stalled stream would never settle.
		void Promise.resolve(chunks.return?.()).catch(() => undefined)
	}
}

/** The state of reading one file with the streaming parser. */
class FileReading {
	private readonly parser = new JSONParser({ paths: PATHS, keepStack: false })
	private readonly products = new Map<string, PriceListProduct>()
	private readonly prices = new Map<string, PrintedPrice[]>()
	private sawProduct = false
	private sawTerm = false
	private offerCode: unknown
	private publicationDate: unknown

	constructor(
		private readonly offer: PriceListOffer,
		private readonly keep: (product: PriceListProduct) => boolean,
	) {
		this.parser.onValue = ({ key, value, stack }) => this.onValue(String(key), value, stack.length)
	}

	take(chunk: Uint8Array): void {
		// The parser ends with the root object. Only whitespace may follow.
		if (this.parser.isEnded) {
			if (!chunk.every(isWhitespace)) throw this.notJson()
			return
		}
		try {
			this.parser.write(chunk)
		} catch (error) {
			throw this.notJson(error)
		}
		if (this.offerCode !== undefined && this.offerCode !== this.offer)
			throw this.wrongShape(`offerCode=${String(this.offerCode).slice(0, 80)}`)
	}

	finish(bytes: number): PriceList {
		if (bytes === 0) throw new PriceListFailure("cut", detail("price-list.empty", { offer: this.offer }))
		if (!this.parser.isEnded) throw new PriceListFailure("cut", detail("price-list.cut", { offer: this.offer }))
		if (this.offerCode === undefined) throw this.wrongShape("offerCode")
		if (!this.sawProduct) throw this.wrongShape("products")
		if (!this.sawTerm) throw this.wrongShape("terms.OnDemand")
		const publishedOn = typeof this.publicationDate === "string" ? this.publicationDate.slice(0, 10) : ""
		if (!/^\d{4}-\d{2}-\d{2}$/.test(publishedOn)) throw this.wrongShape("publicationDate")
		const entries: PriceListEntry[] = []
		for (const [sku, product] of this.products) {
			const prices = this.prices.get(sku)
			if (prices) entries.push({ product, prices })
		}
		return { offer: this.offer, publishedOn, entries }
	}

	private onValue(key: string, value: unknown, depth: number): void {
		if (depth === 1) {
			if (key === "offerCode") this.offerCode = value
			else this.publicationDate = value
		} else if (depth === 2) this.takeProduct(key, value)
		else this.takeTerms(key, value)
	}

	private takeProduct(sku: string, value: unknown): void {
		const attributes = member(value, "attributes")
		const usageType = textMember(attributes, "usagetype")
		if (usageType === null) return
		this.sawProduct = true
		const product: PriceListProduct = {
			usageType,
			regionCode: textMember(attributes, "regionCode"),
			serviceName: textMember(attributes, "servicename"),
			model: textMember(attributes, "model"),
			feature: textMember(attributes, "feature"),
		}
		if (this.keep(product)) this.products.set(sku, product)
	}

	private takeTerms(sku: string, value: unknown): void {
		const prices: PrintedPrice[] = []
		for (const term of members(value)) {
			for (const dimension of members(member(term, "priceDimensions"))) {
				const usd = textMember(member(dimension, "pricePerUnit"), "USD")
				const unit = textMember(dimension, "unit")
				const description = textMember(dimension, "description") ?? ""
				if (usd !== null && unit !== null) prices.push({ unit, usd, description })
			}
		}
		if (prices.length === 0) return
		this.sawTerm = true
		// When the products come first, the terms of products that are not kept are not needed.
		if (!this.sawProduct || this.products.has(sku)) this.prices.set(sku, prices)
	}

	private notJson(cause?: unknown): PriceListFailure {
		return new PriceListFailure("not-json", detail("price-list.not-json", { offer: this.offer }), { cause })
	}

	private wrongShape(where: string): PriceListFailure {
		return new PriceListFailure("wrong-shape", detail("price-list.wrong-shape", { offer: this.offer, where }))
	}
}

function isWhitespace(byte: number): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function members(value: unknown): unknown[] {
	return typeof value === "object" && value !== null ? Object.values(value) : []
}

function member(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null && Object.hasOwn(value, name)
		? (value as Record<string, unknown>)[name]
		: undefined
}

function textMember(value: unknown, name: string): string | null {
	const text = member(value, name)
	return typeof text === "string" && text !== "" ? text : null
}
