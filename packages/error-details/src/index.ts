export * from "./error-detail"
export * from "./english-text"
export * from "./model-details"
export { englishDetails } from "./english"
