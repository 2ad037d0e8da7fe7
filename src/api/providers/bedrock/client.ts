import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime"
import { NodeHttpHandler } from "@smithy/node-http-handler"
import { credentialConfig } from "./credential-config"
import type { BedrockHandlerOptions } from "./handler-options"

// The extension host's Node is VS Code's choice; the SDK's notice about Node 20 would only alarm people.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true"

/** The real client. Its own retries are off: each attempt is ours, seen and counted. */
export function createClient(options: BedrockHandlerOptions, region: string): BedrockRuntimeClient {
	return new BedrockRuntimeClient({
		region,
		maxAttempts: 1,
		userAgentAppId: options.applicationId,
		...(options.endpoint === null ? {} : { endpoint: options.endpoint }),
		...(options.http === "http1" ? { requestHandler: new NodeHttpHandler() } : {}),
		...credentialConfig(options.credentials),
	})
}
