/** The offers of AWS's public price list in which the token prices of Bedrock's models lie. */
export const PRICE_LIST_OFFERS = ["AmazonBedrock", "AmazonBedrockFoundationModels"] as const
export type PriceListOffer = (typeof PRICE_LIST_OFFERS)[number]

/** What is needed of a product. Members that AWS left out are null. */
export type PriceListProduct = {
	readonly usageType: string
	readonly regionCode: string | null
	/** Names the model in the offer AmazonBedrockFoundationModels, with " (Amazon Bedrock Edition)" at its end. */
	readonly serviceName: string | null
	/** A display name, for some products of the offer AmazonBedrock. */
	readonly model: string | null
	readonly feature: string | null
}

/** One printed price, as text. */
export type PrintedPrice = { readonly unit: string; readonly usd: string; readonly description: string }

export type PriceListEntry = { readonly product: PriceListProduct; readonly prices: readonly PrintedPrice[] }

/** One bulk file: one offer in one region. */
export type PriceList = {
	readonly offer: PriceListOffer
	/** ISO date on which AWS published it. */
	readonly publishedOn: string
	readonly entries: readonly PriceListEntry[]
}
