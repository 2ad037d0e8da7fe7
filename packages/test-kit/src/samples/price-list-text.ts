import type { PriceListOffer } from "../../../../src/price-list/price-list"

/** One product of an invented price list. */
export type MadeProduct = {
	readonly usageType: string
	readonly usd: string
	/** Default: "1K tokens". */
	readonly unit?: string
	readonly description?: string
	/** "Claude X (Amazon Bedrock Edition)", for the offer AmazonBedrockFoundationModels. */
	readonly serviceName?: string
	readonly model?: string
	readonly feature?: string
	readonly regionCode?: string
}

export type MadeList = {
	readonly offer: PriceListOffer
	readonly products: readonly MadeProduct[]
	readonly publishedOn?: string
	readonly termsFirst?: boolean
}

/** @returns the JSON text of a bulk price list file in AWS's format */
export function priceListText({ offer, products, publishedOn = "2026-11-20", termsFirst = false }: MadeList): string {
	const head = {
		formatVersion: "v1.0",
		disclaimer: "made up for a test",
		offerCode: offer,
		version: "20261120000000",
		publicationDate: `${publishedOn}T10:00:00Z`,
	}
	const made = products.map((product, index) => [`SKU${index}`, product] as const)
	const body = {
		products: Object.fromEntries(made.map(([sku, product]) => [sku, productJson(sku, offer, product)])),
		terms: { OnDemand: Object.fromEntries(made.map(([sku, product]) => [sku, termsJson(sku, product)])) },
	}
	return JSON.stringify(
		termsFirst
			? { ...head, terms: body.terms, products: body.products }
			: { ...head, ...body, attributesList: { more: {} } },
	)
}

/** Yields a price list with any number of products in chunks, so that the whole list is never in memory. */
export async function* largePriceList(offer: PriceListOffer, products: number): AsyncGenerator<Uint8Array> {
	const encoder = new TextEncoder()
	const description = "made up, and longer than AWS's own, so that a large file is soon made ".repeat(6)
	const made = (index: number): MadeProduct => ({
		usageType: `USE1-Made${index}-input-tokens`,
		usd: "0.0001500000",
		description,
	})
	yield encoder.encode(`{"offerCode":"${offer}","publicationDate":"2026-11-20T10:00:00Z","products":{`)
	yield* encodeMembers(
		products,
		(index) => `"SKU${index}":${JSON.stringify(productJson(`SKU${index}`, offer, made(index)))}`,
	)
	yield encoder.encode(`},"terms":{"OnDemand":{`)
	yield* encodeMembers(products, (index) => `"SKU${index}":${JSON.stringify(termsJson(`SKU${index}`, made(index)))}`)
	yield encoder.encode("}}}")
}

function* encodeMembers(count: number, member: (index: number) => string): Generator<Uint8Array> {
	const encoder = new TextEncoder()
	for (let start = 0; start < count; start += 100) {
		const members = Array.from({ length: Math.min(100, count - start) }, (_, index) => member(start + index))
		yield encoder.encode((start > 0 ? "," : "") + members.join(","))
	}
}

/** Yields a text in UTF-8 chunks of `size` bytes. */
export async function* asChunks(text: string, size = 1_000): AsyncGenerator<Uint8Array> {
	const bytes = new TextEncoder().encode(text)
	for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size)
}

function productJson(sku: string, offer: PriceListOffer, product: MadeProduct): object {
	return {
		sku,
		productFamily: "Amazon Bedrock",
		attributes: {
			servicecode: offer,
			location: "US East (N. Virginia)",
			locationType: "AWS Region",
			usagetype: product.usageType,
			servicename: product.serviceName ?? "Amazon Bedrock",
			...(product.regionCode && { regionCode: product.regionCode }),
			...(product.model && { model: product.model }),
			...(product.feature && { feature: product.feature }),
		},
	}
}

function termsJson(sku: string, { usd, unit = "1K tokens", description = "made up" }: MadeProduct): object {
	const term = `${sku}.JRTCKXETXF`
	const dimension = { rateCode: `${term}.6YS6EN2CT7`, description, beginRange: "0", endRange: "Inf", unit }
	return {
		[term]: {
			offerTermCode: "JRTCKXETXF",
			sku,
			effectiveDate: "2026-11-01T00:00:00Z",
			priceDimensions: { [dimension.rateCode]: { ...dimension, pricePerUnit: { USD: usd }, appliesTo: [] } },
			termAttributes: {},
		},
	}
}
