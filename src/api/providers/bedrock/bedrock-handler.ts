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
import { withAttempts, type Attempt } from "./attempts"
import type { ApiAdapter } from "./api-adapter"
import { createClient } from "./connection/client"
import { converseApi } from "./converse/converse-api"
import { cancelledFailure, classifyRequestFailure, incompleteStream, outcomeOf } from "./failures"
import { foldStream } from "./stream/fold-stream"
import type { BedrockHandlerOptions } from "./handler-options"
import { defaultIdleLimitMs, withinIdleLimit } from "./stream/idle-limit"
import { invokeModelApi } from "./invoke-model/invoke-model-api"
import { KnownRefusals } from "./known-refusals"
import { modelInfo } from "./model-info"
import { ProfileLookup } from "./connection/profile-lookup"
import { planAfterLookup, planWithoutLookup, type RequestPlan } from "./request-plan"
import { SentSecrets } from "./connection/sent-secrets"
import { Stopwatch } from "./connection/stopwatch"
import { usageChunk } from "./stream/usage-chunk"

const APIS: Readonly<Record<RequestApi, ApiAdapter>> = { converse: converseApi, "invoke-model": invokeModelApi }

/** Records of one attempt, filled in when the request is handed to the connection. */
type AttemptRecords = { readonly watch: Stopwatch; readonly secrets: SentSecrets }

/** Sends one attempt and fills in its records when it is handed to the connection. */
type SendAttempt<T> = (plan: RequestPlan, client: BedrockRuntimeClient, records: AttemptRecords) => Promise<T>

/**
 * Calls Amazon Bedrock through the configured API, sends the service tier, and prices each request by the tier that
 * served it. Failures are thrown as `ProviderFailure`.
 */
export class AwsBedrockHandler implements ApiHandler {
	readonly #options: BedrockHandlerOptions
	readonly #api: ApiAdapter
	readonly #lookup: ProfileLookup
	readonly #refusals: KnownRefusals
	#client: BedrockRuntimeClient | undefined

	constructor(options: BedrockHandlerOptions) {
		this.#options = options
		this.#api = APIS[options.api]
		this.#lookup = new ProfileLookup(options)
		this.#refusals = new KnownRefusals(options)
	}

	/**
	 * Streams an answer: text, reasoning and tool calls as they arrive, then a usage chunk if Bedrock accepted the
	 * request.
	 */
	createMessage(systemPrompt: string, turns: readonly ChatTurn[], metadata: RequestMetadata = {}): ApiStream {
		const open = (signal: AbortSignal) =>
			this.#sendWithRetries(signal, metadata.onAttemptFailed, async (plan, client, records) => {
				const onSent = recordSend(records)
				const request = { plan, systemPrompt, turns, metadata, options: this.#options, onSent }
				return { plan, ...records, ...(await this.#api.openStream(client, request, signal)) }
			})
		const { serviceTier, idleLimitMs } = this.#options
		return foldStream(open, serviceTier, { signal: metadata.signal, idleLimitMs })
	}

	/** Sends one prompt and returns its answer, e.g. for the host's prompt enhancement. Sends the tier too. */
	async completePrompt(prompt: string, options: CompletionOptions = {}): Promise<string> {
		const { serviceTier, idleLimitMs = defaultIdleLimitMs(serviceTier) } = this.#options
		const turns = [{ role: "user", content: prompt }] as const
		const { plan, watch, signal, text, ...reported } = await withinIdleLimit(
			idleLimitMs,
			options.signal,
			(signal) =>
				this.#sendWithRetries(signal, options.onAttemptFailed, async (plan, client, records) => {
					const onSent = recordSend(records)
					const request = { plan, systemPrompt: "", turns, metadata: {}, options: this.#options, onSent }
					return {
						plan,
						watch: records.watch,
						signal,
						...(await this.#api.complete(client, request, signal)),
					}
				}),
		)
		options.onUsage?.(usageChunk(plan, serviceTier, reported, watch.read()))
		if (text === null) throw signal.aborted ? cancelledFailure(signal) : incompleteStream()
		return text
	}

	/** The id is the one sent to Bedrock. Throws a `bad-input` failure when there is no route to the model. */
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
			throw signal?.aborted ? cancelledFailure(signal) : error
		}
	}

	/** Sends one request, in as many attempts as the options allow. */
	async #sendWithRetries<T>(
		signal: AbortSignal,
		onFailed: RequestMetadata["onAttemptFailed"],
		send: SendAttempt<T>,
	): Promise<T> {
		const { whenTierCannotServe = "ask", maxAttempts, backoffMs } = this.#options
		return withAttempts({
			plan: this.#refusals.apply(await this.#plan(signal)),
			run: async (plan) => {
				const attempt = await this.#sendAttempt(plan, signal, send)
				this.#refusals.recordOutcome(plan, attempt.failure ?? null)
				return attempt
			},
			policy: { whenTierCannotServe, maxAttempts, backoffMs },
			signal,
			onFailed,
		})
	}

	async #sendAttempt<T>(plan: RequestPlan, signal: AbortSignal, send: SendAttempt<T>): Promise<Attempt<T>> {
		const records = { watch: new Stopwatch(), secrets: new SentSecrets() }
		try {
			signal.throwIfAborted()
			this.#client ??= createClient(this.#options, plan.region)
			return { answer: await send(plan, this.#client, records) }
		} catch (thrown) {
			const error = records.secrets.redact(thrown)
			return {
				failure: classifyRequestFailure(error, plan, signal),
				outcome: outcomeOf(error, records.watch.isSent),
			}
		}
	}
}

function recordSend({ watch, secrets }: AttemptRecords) {
	return (headers: Readonly<Record<string, string>>) => {
		watch.recordSent()
		secrets.recordHeaders(headers)
	}
}
