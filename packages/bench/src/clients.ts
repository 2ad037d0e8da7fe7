import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock"
import { BedrockRuntimeClient, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime"
import { NodeHttpHandler } from "@smithy/node-http-handler"
import { AwsBedrockHandler } from "../../../src/api/providers/bedrock"

/** One question, and its answer's pieces of text as they come. */
export type Ask = (onText: (text: string) => void) => Promise<void>
export type Client = { readonly ask: Ask; close(): void }

const REGION = "us-east-1"
const MODEL_ID = "openai.gpt-oss-120b-1:0"
const QUESTION = "Why is the sky blue?"
/** The emulator takes any. */
const API_KEY = "bench"

type Http = "http2" | "http1"

/** What stands between the SDK's events and the loop. */
type Layer = <Event>(events: AsyncIterable<Event>) => AsyncIterable<Event>

/** An async generator that does nothing. */
export async function* emptyGenerator<Event>(events: AsyncIterable<Event>): AsyncGenerator<Event, void, void> {
	for await (const event of events) yield event
}

/** The least that can be done with the AWS SDK: its client, its command, its events; or with one layer around these. */
export function bareLoop(endpoint: string, http: Http, layer: Layer = (events) => events): Client {
	const client = new BedrockRuntimeClient({
		region: REGION,
		endpoint,
		maxAttempts: 1,
		token: { token: API_KEY },
		authSchemePreference: ["httpBearerAuth"],
		...(http === "http1" ? { requestHandler: new NodeHttpHandler() } : {}),
	})
	const messages = [{ role: "user" as const, content: [{ text: QUESTION }] }]
	return {
		async ask(onText) {
			const { stream = noEvents() } = await client.send(
				new ConverseStreamCommand({ modelId: MODEL_ID, messages, serviceTier: { type: "flex" } }),
			)
			for await (const event of layer(stream)) {
				const text = event.contentBlockDelta?.delta?.text
				if (text !== undefined) onText(text)
			}
		},
		close: () => client.destroy(),
	}
}

async function* noEvents(): AsyncGenerator<never> {}

/** The handler with all that it does: tier, idle limit, served tier, price. */
export function ourHandler(endpoint: string, http: Http): Client {
	const handler = new AwsBedrockHandler({
		region: REGION,
		endpoint,
		modelId: MODEL_ID,
		route: "in-region",
		api: "converse",
		serviceTier: "flex",
		credentials: { method: "api-key", apiKey: API_KEY },
		http,
		applicationId: "bench",
	})
	return {
		async ask(onText) {
			for await (const chunk of handler.createMessage("", [{ role: "user", content: QUESTION }])) {
				if (chunk.type === "text") onText(chunk.text)
			}
		},
		close: () => handler.dispose(),
	}
}

/** Vercel's provider, at the layer that is ours too: events of the model, no user interface. It speaks HTTP/1.1 by fetch. */
export function aiSdk(endpoint: string): Client {
	const model = createAmazonBedrock({ region: REGION, baseURL: endpoint, apiKey: API_KEY })(MODEL_ID)
	return {
		async ask(onText) {
			const { stream } = await model.doStream({
				prompt: [{ role: "user", content: [{ type: "text", text: QUESTION }] }],
				providerOptions: { bedrock: { serviceTier: "flex" } },
			})
			for await (const part of stream) {
				if (part.type === "error") throw part.error
				if (part.type === "text-delta") onText(part.delta)
			}
		},
		close: () => undefined,
	}
}
