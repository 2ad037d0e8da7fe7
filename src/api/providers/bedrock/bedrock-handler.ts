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
import { withAttempts } from "./attempts"
import { createClient } from "./client"
import { converseUsage, readConverseEvent } from "./converse-events"
import { converseInput } from "./converse-input"
import { classifyRequestFailure, isServiceException } from "./failures"
import { foldStream } from "./fold-stream"
import type { BedrockHandlerOptions } from "./handler-options"
import { defaultIdleLimitMs, withinIdleLimit } from "./idle-limit"
import { modelInfo } from "./model-info"
import { peek } from "./peek"
import { planRequest, type RequestPlan } from "./request-plan"
import { usageChunk } from "./usage-chunk"

/**
 * Amazon Bedrock through the Converse API, with the service tier on the wire and each request priced by the tier that
 * served it. Failures are thrown as `ProviderFailure`.
 */
export class AwsBedrockHandler implements ApiHandler {
	readonly #options: BedrockHandlerOptions
	#client: BedrockRuntimeClient | undefined

	constructor(options: BedrockHandlerOptions) {
		this.#options = options
	}

	/** Streams an answer: text, reasoning and tool calls as they come, then one usage chunk if Bedrock accepted the request. */
	createMessage(systemPrompt: string, messages: readonly ChatTurn[], metadata: RequestMetadata = {}): ApiStream {
		const open = (signal: AbortSignal) =>
			this.#attempt(signal, metadata.onAttemptFailed, async (plan, client) => {
				const command = new ConverseStreamCommand(
					converseInput(plan, systemPrompt, messages, metadata, this.#options),
				)
				const { stream = noEvents() } = await client.send(command, { abortSignal: signal })
				return { plan, events: await peek(stream, isServiceException), read: readConverseEvent }
			})
		const { serviceTier, idleLimitMs } = this.#options
		return foldStream(open, serviceTier, { signal: metadata.signal, idleLimitMs })
	}

	/** One prompt, one answer: the host's prompt enhancement and the like. Sends the tier too. */
	async completePrompt(prompt: string, options: CompletionOptions = {}): Promise<string> {
		const { serviceTier, idleLimitMs = defaultIdleLimitMs(serviceTier) } = this.#options
		const turns = [{ role: "user", content: prompt }] as const
		const { plan, answer } = await withinIdleLimit(idleLimitMs, options.signal, (signal) =>
			this.#attempt(signal, options.onAttemptFailed, async (plan, client) => {
				const command = new ConverseCommand(converseInput(plan, "", turns, {}, this.#options))
				return { plan, answer: await client.send(command, { abortSignal: signal }) }
			}),
		)
		options.onUsage?.(
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
		const plan = planRequest(this.#options)
		return { id: plan.bedrockModelId, info: modelInfo(plan) }
	}

	dispose(): void {
		this.#client?.destroy()
		this.#client = undefined
	}

	/** One request, in as many attempts as the options allow. */
	#attempt<T>(
		signal: AbortSignal,
		onFailed: RequestMetadata["onAttemptFailed"],
		send: (plan: RequestPlan, client: BedrockRuntimeClient) => Promise<T>,
	): Promise<T> {
		const { whenTierCannotServe = "ask", ...policy } = this.#options
		return withAttempts({
			plan: (fallback) => planRequest(this.#options, fallback),
			run: async (plan) => {
				try {
					signal.throwIfAborted()
					this.#client ??= createClient(this.#options, plan.region)
					return await send(plan, this.#client)
				} catch (error) {
					throw classifyRequestFailure(error, plan, signal)
				}
			},
			policy: { ...policy, whenTierCannotServe },
			signal,
			onFailed,
		})
	}
}

async function* noEvents(): AsyncGenerator<never> {}
