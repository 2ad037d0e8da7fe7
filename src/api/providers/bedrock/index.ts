export { AwsBedrockHandler } from "./bedrock-handler"
export type { BedrockCredentials, BedrockHandlerOptions } from "./handler-options"
export { version as sdkVersion } from "@aws-sdk/client-bedrock-runtime/package.json"

/** This bundle says its sentences by its own copy of the words. */
export { setTranslation } from "@bedrock-tiers/core"
