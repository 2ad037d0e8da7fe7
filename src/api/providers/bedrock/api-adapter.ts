import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime"
import type { ChatTurn, RequestMetadata } from "../../provider-contract"
import type { OpenedAnswer } from "./stream/fold-stream"
import type { InferenceOptions } from "./handler-options"
import type { RequestPlan } from "./request-plan"
import type { ReportedUsage } from "./stream/usage-chunk"

/** A request and the plan for it, independent of the API that carries it. */
export type ModelRequest = {
	readonly plan: RequestPlan
	/** Empty when there is no system prompt. */
	readonly systemPrompt: string
	readonly turns: readonly ChatTurn[]
	readonly metadata: RequestMetadata
	readonly options: InferenceOptions
	/**
	 * Called when the request is handed to the connection: after an earlier failure nothing has left this machine. The
	 * headers contain secrets.
	 */
	readonly onSent: (headers: Readonly<Record<string, string>>) => void
	/** Ends the request at once. */
	readonly signal: AbortSignal
}

/** An answer that is not streamed. */
export type Completion = ReportedUsage & {
	/** `null` when the answer could not be read. */
	readonly text: string | null
}

/**
 * Translation to one of Bedrock's APIs. Before anything is sent, both calls throw a `bad-input` failure for content that
 * cannot be expressed. They pass on the SDK's errors unchanged.
 */
export type ApiAdapter = {
	openStream(client: BedrockRuntimeClient, request: ModelRequest): Promise<OpenedAnswer>
	complete(client: BedrockRuntimeClient, request: ModelRequest): Promise<Completion>
}
