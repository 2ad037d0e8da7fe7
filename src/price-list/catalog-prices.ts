import { allModels, priceCardsOf, type CatalogModel, type PriceCard } from "@bedrock-tiers/core"

/** What a price list is compared with. */
export type CatalogPrices = {
	/** By id. */
	readonly models: ReadonlyMap<string, CatalogModel>
	readonly cards: readonly PriceCard[]
}

/** The catalog that is built in. */
export function builtInPrices(): CatalogPrices {
	const models = allModels()
	return {
		models: new Map(models.map((model) => [model.id, model])),
		cards: models.flatMap(({ id }) => priceCardsOf(id)),
	}
}

/** The regions that have a row of their own, sorted. */
export function pricedRegions({ cards }: CatalogPrices): string[] {
	return [...new Set(cards.map(({ region }) => region))].filter((region) => region !== "*").sort()
}
