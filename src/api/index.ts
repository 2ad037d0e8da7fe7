export * from "./provider-contract"
export * from "./provider-failure"
