export * from "./catalog-prices"
export * from "./compare-prices"
export * from "./price-comparison"
export * from "./explain-price"
export * from "./price-list-failure"
export * from "./price-list-update"
export type { ReasonSummary } from "./summarize"
export type { NotTakenReason, NotUnderstoodReason, ReadPrice } from "./to-price-rows"

/** This bundle says its sentences by its own copy of the words. */
export { setTranslation } from "@bedrock-tiers/core"
