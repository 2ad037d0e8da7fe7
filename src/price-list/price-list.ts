/** The offers of AWS's public price list that contain the token prices of Bedrock's models. */
export const PRICE_LIST_OFFERS = ["AmazonBedrock", "AmazonBedrockFoundationModels"] as const
export type PriceListOffer = (typeof PRICE_LIST_OFFERS)[number]

/** The required attributes of a product. A member is `null` when AWS omits it. */
export type PriceListProduct = {
	readonly usageType: string
	readonly regionCode: string | null
	/** In the offer AmazonBedrockFoundationModels: the model's name, followed by " (Amazon Bedrock Edition)". */
	readonly serviceName: string | null
	/** Display name of the model, for some products of the offer AmazonBedrock. */
	readonly model: string | null
	readonly feature: string | null
}

/** One price in the text form of the list. */
export type PrintedPrice = { readonly unit: string; readonly usd: string; readonly description: string }

export type PriceListEntry = { readonly product: PriceListProduct; readonly prices: readonly PrintedPrice[] }

/** The content of one bulk file: one offer in one region. */
export type PriceList = {
	readonly offer: PriceListOffer
	/** ISO date on which AWS published it. */
	readonly publishedOn: string
	readonly entries: readonly PriceListEntry[]
}
