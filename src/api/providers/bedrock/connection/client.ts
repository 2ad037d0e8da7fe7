import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime"
import { NodeHttpHandler } from "@smithy/node-http-handler"
import { isLoopbackEndpoint } from "@bedrock-tiers/protocol"
import { credentialConfig } from "./credential-config"
import type { BedrockHandlerOptions } from "../handler-options"

// The extension host's Node is VS Code's choice; the SDK's notice about Node 20 would only alarm people.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true"

/** The real client. Its own retries are off: each attempt is ours, seen and counted. */
export function createClient(options: BedrockHandlerOptions, region: string): BedrockRuntimeClient {
	return new BedrockRuntimeClient({
		...sharedConfig(options, region),
		...(options.endpoint === null ? {} : { endpoint: options.endpoint }),
		...(options.http === "http1" ? { requestHandler: new NodeHttpHandler() } : {}),
	})
}

/** What a look-up in Bedrock's control plane may cost at most, the sign-in included. */
export const LOOKUP_LIMIT_MS = 5000

/**
 * The client of Bedrock's control plane, which has an endpoint of its own: AWS's, also where the runtime's is another, but
 * for an emulator on this machine. It speaks HTTP/1.1 by itself. The SDK part is loaded here, when it is needed.
 */
export async function createControlPlane(options: BedrockHandlerOptions, region: string) {
	const { BedrockClient, GetInferenceProfileCommand, paginateListInferenceProfiles } =
		await import("@aws-sdk/client-bedrock")
	const { endpoint } = options
	const client = new BedrockClient({
		...sharedConfig(options, region),
		...(endpoint !== null && isLoopbackEndpoint(endpoint) ? { endpoint } : {}),
	})
	return { client, GetInferenceProfileCommand, paginateListInferenceProfiles }
}

function sharedConfig(options: BedrockHandlerOptions, region: string) {
	return {
		region,
		maxAttempts: 1,
		userAgentAppId: options.applicationId,
		...credentialConfig(options.credentials),
	}
}
