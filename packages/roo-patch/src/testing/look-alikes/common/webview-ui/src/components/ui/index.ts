export * from "./select"
export * from "./standard-tooltip"
