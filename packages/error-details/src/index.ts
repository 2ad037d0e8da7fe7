export * from "./error-detail"
export * from "./model-details"
export { englishDetails } from "./english"
