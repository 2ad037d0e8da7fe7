import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime"
import type { RequestApi } from "@bedrock-tiers/core"
import type {
	ApiHandler,
	ApiStream,
	ChatTurn,
	CompletionOptions,
	ModelInfo,
	RequestMetadata,
} from "../../provider-contract"
import type { BedrockApi } from "./bedrock-api"
import { createClient } from "./client"
import { converseApi } from "./converse-api"
import { classifyRequestFailure, incompleteStream, stopped } from "./failures"
import { foldStream } from "./fold-stream"
import type { BedrockHandlerOptions } from "./handler-options"
import { defaultIdleLimitMs, withinIdleLimit } from "./idle-limit"
import { invokeModelApi } from "./invoke-model/invoke-model-api"
import { modelInfo } from "./model-info"
import { ProfileLookup } from "./profile-lookup"
import { planAfterLookup, planWithoutLookup, type RequestPlan } from "./request-plan"
import { usageChunk } from "./usage-chunk"

const APIS: Readonly<Record<RequestApi, BedrockApi>> = { converse: converseApi, "invoke-model": invokeModelApi }

/**
 * Amazon Bedrock through the chosen API, with the service tier on the wire and each request priced by the tier that
 * served it. Failures are thrown as `ProviderFailure`.
 */
export class AwsBedrockHandler implements ApiHandler {
	readonly #options: BedrockHandlerOptions
	readonly #api: BedrockApi
	readonly #lookup: ProfileLookup
	#client: BedrockRuntimeClient | undefined

	constructor(options: BedrockHandlerOptions) {
		this.#options = options
		this.#api = APIS[options.api]
		this.#lookup = new ProfileLookup(options)
	}

	/** Streams an answer: text, reasoning and tool calls as they come, then one usage chunk if Bedrock accepted the request. */
	createMessage(systemPrompt: string, turns: readonly ChatTurn[], metadata: RequestMetadata = {}): ApiStream {
		const open = async (signal: AbortSignal) => {
			const plan = await this.#plan(signal)
			const request = { plan, systemPrompt, turns, metadata, options: this.#options }
			const answer = await this.#send(plan, signal, (client) => this.#api.openStream(client, request, signal))
			return { plan, ...answer }
		}
		const { serviceTier, idleLimitMs } = this.#options
		return foldStream(open, serviceTier, { signal: metadata.signal, idleLimitMs })
	}

	/** One prompt, one answer: the host's prompt enhancement and the like. Sends the tier too. */
	async completePrompt(prompt: string, { signal: stop, onUsage }: CompletionOptions = {}): Promise<string> {
		const { serviceTier, idleLimitMs = defaultIdleLimitMs(serviceTier) } = this.#options
		const plan = await this.#plan(stop)
		const turns = [{ role: "user", content: prompt }] as const
		const request = { plan, systemPrompt: "", turns, metadata: {}, options: this.#options }
		const { text, ...reported } = await withinIdleLimit(idleLimitMs, stop, (signal) =>
			this.#send(plan, signal, (client) => this.#api.complete(client, request, signal)),
		)
		onUsage?.(usageChunk(plan, serviceTier, reported))
		if (text === null) throw incompleteStream()
		return text
	}

	/** The id as Bedrock is given it. Throws a `bad-input` failure when there is no route to the model. */
	getModel(): { id: string; info: ModelInfo } {
		const plan = planWithoutLookup(this.#options)
		return { id: plan.bedrockModelId, info: modelInfo(plan) }
	}

	dispose(): void {
		this.#client?.destroy()
		this.#client = undefined
	}

	async #plan(signal: AbortSignal | undefined): Promise<RequestPlan> {
		try {
			return await planAfterLookup(this.#options, this.#lookup, signal)
		} catch (error) {
			throw signal?.aborted ? stopped(signal) : error
		}
	}

	async #send<T>(
		plan: RequestPlan,
		signal: AbortSignal | undefined,
		request: (client: BedrockRuntimeClient) => Promise<T>,
	): Promise<T> {
		try {
			signal?.throwIfAborted()
			this.#client ??= createClient(this.#options, plan.region)
			return await request(this.#client)
		} catch (error) {
			throw classifyRequestFailure(error, plan, signal)
		}
	}
}
