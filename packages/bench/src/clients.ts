import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock"
import { BedrockRuntimeClient, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime"
import { NodeHttpHandler } from "@smithy/node-http-handler"
import { AwsBedrockHandler } from "../../../src/api/providers/bedrock"

/** Sends one prompt. `onText` receives the text deltas of the answer as they arrive. */
export type SendPrompt = (onText: (text: string) => void) => Promise<void>
export type Client = { readonly sendPrompt: SendPrompt; close(): void }

const REGION = "us-east-1"
const MODEL_ID = "openai.gpt-oss-120b-1:0"
const PROMPT = "Why is the sky blue?"
/** The emulator accepts any key. */
const API_KEY = "bench"

type Http = "http2" | "http1"

/** Wraps the events of the SDK before the loop reads them. */
type Layer = <Event>(events: AsyncIterable<Event>) => AsyncIterable<Event>

/** An async generator that yields the events unchanged. */
export async function* passThrough<Event>(events: AsyncIterable<Event>): AsyncGenerator<Event, void, void> {
	for await (const event of events) yield event
}

/** Minimal use of the AWS SDK: its client, its command and its events, with an optional layer around the events. */
export function bareLoop(endpoint: string, http: Http, layer: Layer = (events) => events): Client {
	const client = new BedrockRuntimeClient({
		region: REGION,
		endpoint,
		maxAttempts: 1,
		token: { token: API_KEY },
		authSchemePreference: ["httpBearerAuth"],
		...(http === "http1" ? { requestHandler: new NodeHttpHandler() } : {}),
	})
	const messages = [{ role: "user" as const, content: [{ text: PROMPT }] }]
	return {
		async sendPrompt(onText) {
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

/** The product's handler with all its work: tier, idle timeout, served tier, price. */
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
		async sendPrompt(onText) {
			for await (const chunk of handler.createMessage("", [{ role: "user", content: PROMPT }])) {
				if (chunk.type === "text") onText(chunk.text)
			}
		},
		close: () => handler.dispose(),
	}
}

/** Vercel's provider at the same layer as our handler: model events, no user interface. It uses HTTP/1.1 by `fetch`. */
export function aiSdk(endpoint: string): Client {
	const model = createAmazonBedrock({ region: REGION, baseURL: endpoint, apiKey: API_KEY })(MODEL_ID)
	return {
		async sendPrompt(onText) {
			const { stream } = await model.doStream({
				prompt: [{ role: "user", content: [{ type: "text", text: PROMPT }] }],
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
