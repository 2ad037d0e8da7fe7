export { AwsBedrockHandler } from "./bedrock-handler"
export type { BedrockCredentials, BedrockHandlerOptions } from "./handler-options"
export { version as sdkVersion } from "@aws-sdk/client-bedrock-runtime/package.json"

/** This bundle contains its own copy of the translation state, which its loader sets. */
