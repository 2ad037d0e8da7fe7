import { ConverseCommand, ConverseStreamCommand, type BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime"
import { readServedTier } from "@bedrock-tiers/core"
import type {
	ApiHandler,
	ApiStream,
	ChatTurn,
	CompletionOptions,
	ModelInfo,
	RequestMetadata,
} from "../../provider-contract"
import { createClient } from "./client"
import { converseUsage, readConverseEvent } from "./converse-events"
import { converseInput } from "./converse-input"
import { classifyRequestFailure, stopped } from "./failures"
import { foldStream } from "./fold-stream"
import type { BedrockHandlerOptions } from "./handler-options"
import { defaultIdleLimitMs, withinIdleLimit } from "./idle-limit"
import { modelInfo } from "./model-info"
import { ProfileLookup } from "./profile-lookup"
import { planAfterLookup, planWithoutLookup, type RequestPlan } from "./request-plan"
import { usageChunk } from "./usage-chunk"

/**
 * Amazon Bedrock through the Converse API, with the service tier on the wire and each request priced by the tier that
 * served it. Failures are thrown as `ProviderFailure`.
 */
export class AwsBedrockHandler implements ApiHandler {
	readonly #options: BedrockHandlerOptions
	readonly #lookup: ProfileLookup
	#client: BedrockRuntimeClient | undefined

	constructor(options: BedrockHandlerOptions) {
		this.#options = options
		this.#lookup = new ProfileLookup(options)
	}

	/** Streams an answer: text, reasoning and tool calls as they come, then one usage chunk if Bedrock accepted the request. */
	createMessage(systemPrompt: string, messages: readonly ChatTurn[], metadata: RequestMetadata = {}): ApiStream {
		const open = async (signal: AbortSignal) => {
			const plan = await this.#plan(signal)
			const command = new ConverseStreamCommand(
				converseInput(plan, systemPrompt, messages, metadata, this.#options),
			)
			const answer = await this.#send(plan, signal, (client) => client.send(command, { abortSignal: signal }))
			return { plan, events: answer.stream ?? noEvents(), read: readConverseEvent }
		}
		const { serviceTier, idleLimitMs } = this.#options
		return foldStream(open, serviceTier, { signal: metadata.signal, idleLimitMs })
	}

	/** One prompt, one answer: the host's prompt enhancement and the like. Sends the tier too. */
	async completePrompt(prompt: string, { signal: stop, onUsage }: CompletionOptions = {}): Promise<string> {
		const { serviceTier, idleLimitMs = defaultIdleLimitMs(serviceTier) } = this.#options
		const plan = await this.#plan(stop)
		const command = new ConverseCommand(
			converseInput(plan, "", [{ role: "user", content: prompt }], {}, this.#options),
		)
		const answer = await withinIdleLimit(idleLimitMs, stop, (signal) =>
			this.#send(plan, signal, (client) => client.send(command, { abortSignal: signal })),
		)
		onUsage?.(
			usageChunk(plan, serviceTier, {
				usage: converseUsage(answer.usage),
				servedTier: readServedTier(answer),
				stopReason: answer.stopReason ?? null,
				invokedModelId: answer.trace?.promptRouter?.invokedModelId ?? null,
			}),
		)
		return (answer.output?.message?.content ?? []).map((block) => block.text ?? "").join("")
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

async function* noEvents(): AsyncGenerator<never> {}
