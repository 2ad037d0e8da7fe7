export * from "./catalog-prices"
export * from "./compare-prices"
export * from "./price-comparison"
export * from "./explain-price"
export * from "./price-list-failure"
export * from "./price-list-update"
export type { NotUnderstoodReason, ReadPrice, SkipReason } from "./to-price-rows"

/** This bundle has its own copy of the translation module, so the caller must set the translation for it. */
export { setTranslation } from "@bedrock-tiers/core"
