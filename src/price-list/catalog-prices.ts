import { allModels, priceCardsOf, type CatalogModel, type PriceCard } from "@bedrock-tiers/core"

/** Models and price cards of a catalog, with which a price list is compared. */
export type CatalogPrices = {
	/** Keyed by model id. */
	readonly models: ReadonlyMap<string, CatalogModel>
	readonly cards: readonly PriceCard[]
}

/** Returns the prices of the built-in catalog. */
export function builtInPrices(): CatalogPrices {
	const models = allModels()
	return {
		models: new Map(models.map((model) => [model.id, model])),
		cards: models.flatMap(({ id }) => priceCardsOf(id)),
	}
}

/** Returns the regions that have rows of their own, sorted. */
export function pricedRegions({ cards }: CatalogPrices): string[] {
	return [...new Set(cards.map(({ region }) => region))].filter((region) => region !== "*").sort()
}
