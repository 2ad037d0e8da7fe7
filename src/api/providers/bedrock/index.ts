export { AwsBedrockHandler } from "./bedrock-handler"
export { version as sdkVersion } from "@aws-sdk/client-bedrock-runtime/package.json"
