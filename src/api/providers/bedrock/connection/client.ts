import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime"
import { isLoopbackEndpoint } from "@bedrock-tiers/protocol"
import { credentialConfig } from "./credential-config"
import { checkEndpoint } from "./endpoint"
import { limitResponses } from "./response-limit"
import { Transport } from "./transport"
import type { BedrockHandlerOptions } from "../handler-options"

// VS Code chooses the Node version of the extension host; the SDK's warning about Node 20 would only alarm users.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true"

/**
 * Creates the SDK's client. The SDK's own retries are off, so that every attempt is made and counted by the provider.
 */
export function createClient(options: BedrockHandlerOptions, region: string): BedrockRuntimeClient {
	const client = new BedrockRuntimeClient({
		...sharedConfig(options, region),
		...(options.endpoint === null ? {} : { endpoint: options.endpoint }),
		requestHandler: new Transport(options.http ?? "http2", options.proxy),
	})
	checkEndpoint(client)
	limitResponses(client)
	return client
}

/**
 * Creates the client of Bedrock's control plane, which has an endpoint of its own: AWS's or the one in AWS's settings,
 * even when the runtime's endpoint is another one, except for an emulator on this machine. It uses HTTP/1.1. This part
 * of the SDK is loaded here, when it is needed.
 */
export async function createControlPlane(options: BedrockHandlerOptions, region: string) {
	const { BedrockClient, GetInferenceProfileCommand, paginateListInferenceProfiles } =
		await import("@aws-sdk/client-bedrock")
	const { endpoint } = options
	const client = new BedrockClient({
		...sharedConfig(options, region),
		...(endpoint !== null && isLoopbackEndpoint(endpoint) ? { endpoint } : {}),
		requestHandler: new Transport("http1", options.proxy),
	})
	checkEndpoint(client)
	limitResponses(client)
	return { client, GetInferenceProfileCommand, paginateListInferenceProfiles }
}

function sharedConfig(options: BedrockHandlerOptions, region: string) {
	return {
		region,
		maxAttempts: 1,
		userAgentAppId: options.applicationId,
		...credentialConfig(options.credentials, options.proxy),
	}
}
