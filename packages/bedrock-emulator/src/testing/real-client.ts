import {
	BedrockRuntimeClient,
	ConverseStreamCommand,
	type BedrockRuntimeClientConfig,
	type ConverseStreamCommandInput,
	type ConverseStreamOutput,
} from "@aws-sdk/client-bedrock-runtime"
import { NodeHttpHandler } from "@smithy/node-http-handler"

/** The SDK's two transports, by the version that the emulator records. */
export const HTTP_VERSIONS = ["2", "1.1"] as const
export type HttpVersion = (typeof HTTP_VERSIONS)[number]

export const CREDENTIALS = {
	bearer: { token: { token: "emulator-key" }, authSchemePreference: ["httpBearerAuth"] },
	sigv4: { credentials: { accessKeyId: "AKIDEMULATOR", secretAccessKey: "not-a-secret" } },
} satisfies Record<string, BedrockRuntimeClientConfig>

/** The real client of the AWS SDK. Nothing of it is mocked, and it never tries again by itself. */
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

export function ask(
	serviceTier?: "default" | "flex" | "priority" | "reserved",
	modelId: string = GPT_OSS,
): ConverseStreamCommandInput {
	return {
		modelId,
		messages: [{ role: "user", content: [{ text: "Hello there" }] }],
		...(serviceTier !== undefined && { serviceTier: { type: serviceTier } }),
	}
}

/** What a stream came to, as somebody sees it who uses the SDK. */
export type StreamOutcome = {
	events: ConverseStreamOutput[]
	/** The event names in order, repeated deltas written once. */
	order: string[]
	text: string
	/** What `send` or the stream threw; null when it ended without a word. */
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
