import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime"
import type { ChatTurn, RequestMetadata } from "../../provider-contract"
import type { OpenedAnswer } from "./stream/fold-stream"
import type { InferenceOptions } from "./handler-options"
import type { RequestPlan } from "./request-plan"
import type { ReportedUsage } from "./stream/usage-chunk"

/** What is asked and what was decided about it, whatever API it goes through. */
export type ModelRequest = {
	readonly plan: RequestPlan
	/** Empty = none. */
	readonly systemPrompt: string
	readonly turns: readonly ChatTurn[]
	readonly metadata: RequestMetadata
	readonly options: InferenceOptions
	/** Called when the request goes to the connection: what failed before that never left this machine. The headers hold secrets. */
	readonly onSent: (headers: Readonly<Record<string, string>>) => void
}

/** An answer that came in one piece. */
export type Completion = ReportedUsage & {
	/** Null = the answer could not be read. */
	readonly text: string | null
}

/**
 * One of Bedrock's APIs. Both calls throw a `bad-input` failure for what cannot be expressed, before anything is sent, and
 * the SDK's errors as they are. They end at once when the signal does.
 */
export type BedrockApi = {
	openStream(
		client: BedrockRuntimeClient,
		request: ModelRequest,
		abortSignal: AbortSignal | undefined,
	): Promise<OpenedAnswer>
	complete(
		client: BedrockRuntimeClient,
		request: ModelRequest,
		abortSignal: AbortSignal | undefined,
	): Promise<Completion>
}

/** For an answer without a stream. */
export async function* noEvents(): AsyncGenerator<never> {}
