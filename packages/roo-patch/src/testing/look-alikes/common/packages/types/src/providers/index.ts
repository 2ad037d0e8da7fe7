export * from "./bedrock.js"
