export { AwsBedrockHandler } from "./bedrock-handler"
export type { BedrockCredentials, BedrockHandlerOptions } from "./handler-options"
