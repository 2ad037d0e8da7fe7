import {
	BedrockRuntimeClient,
	ConverseStreamCommand,
	type BedrockRuntimeClientConfig,
	type ConverseStreamCommandInput,
	type ConverseStreamOutput,
} from "@aws-sdk/client-bedrock-runtime"
import { NodeHttpHandler } from "@smithy/node-http-handler"

/** The HTTP versions of the SDK's two transports, as the emulator records them. */
export const HTTP_VERSIONS = ["2", "1.1"] as const
export type HttpVersion = (typeof HTTP_VERSIONS)[number]

export const CREDENTIALS = {
	bearer: { token: { token: "emulator-key" }, authSchemePreference: ["httpBearerAuth"] },
	sigv4: { credentials: { accessKeyId: "AKIDEMULATOR", secretAccessKey: "not-a-secret" } },
} satisfies Record<string, BedrockRuntimeClientConfig>

/** Creates the real AWS SDK client: no part of it is mocked, and its own retries are off. */
export function realClient(
	endpoint: string,
	httpVersion: HttpVersion,
	config: BedrockRuntimeClientConfig = CREDENTIALS.bearer,
): BedrockRuntimeClient {
	return new BedrockRuntimeClient({
		endpoint,
		region: "us-east-1",
		maxAttempts: 1,
		...(httpVersion === "1.1" && { requestHandler: new NodeHttpHandler() }),
		...config,
	})
}

export const GPT_OSS = "openai.gpt-oss-20b-1:0"

export function converseInput(
	serviceTier?: "default" | "flex" | "priority" | "reserved",
	modelId: string = GPT_OSS,
): ConverseStreamCommandInput {
	return {
		modelId,
		messages: [{ role: "user", content: [{ text: "Hello there" }] }],
		...(serviceTier !== undefined && { serviceTier: { type: serviceTier } }),
	}
}

/** The outcome of a stream, as an AWS SDK client observes it. */
export type StreamOutcome = {
	events: ConverseStreamOutput[]
	/** The event names in order; consecutive deltas are listed once. */
	order: string[]
	text: string
	/** The error that `send` or the stream threw; `null` when the stream ended without one. */
	error: (Error & { $metadata?: { httpStatusCode?: number } }) | null
	httpStatus: number | undefined
}

export async function stream(
	client: BedrockRuntimeClient,
	input: ConverseStreamCommandInput,
	onEvent: (event: ConverseStreamOutput) => void = () => {},
	abortSignal?: AbortSignal,
): Promise<StreamOutcome> {
	const outcome: StreamOutcome = { events: [], order: [], text: "", error: null, httpStatus: undefined }
	try {
		const output = await client.send(new ConverseStreamCommand(input), { abortSignal })
		outcome.httpStatus = output.$metadata.httpStatusCode
		for await (const event of output.stream ?? []) {
			outcome.events.push(event)
			const name = event.$unknown?.[0] ?? Object.keys(event)[0] ?? ""
			if (outcome.order.at(-1) !== name || name !== "contentBlockDelta") outcome.order.push(name)
			outcome.text += event.contentBlockDelta?.delta?.text ?? ""
			onEvent(event)
		}
	} catch (error) {
		outcome.error = error as StreamOutcome["error"]
		outcome.httpStatus ??= outcome.error?.$metadata?.httpStatusCode
	}
	return outcome
}
