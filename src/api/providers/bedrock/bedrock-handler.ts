import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime"
import { acceptedParameters, type RequestApi } from "@bedrock-tiers/core"
import type { ApiHandler, ApiStream, ChatTurn, CompletionOptions, RequestMetadata } from "../../provider-contract"
import { withAttempts, type Attempt } from "./attempts"
import type { ApiAdapter, ModelRequest } from "./api-adapter"
import { createClient } from "./connection/client"
import { resolveEndpoint } from "./connection/endpoint"
import { isStaleConnection } from "./connection/idle-connections"
import { converseApi } from "./converse/converse-api"
import { cancelledFailure, classifyRequestFailure, incompleteStream, isRefusedStream, outcomeOf } from "./failures"
import { foldStream, type AttemptContext } from "./stream/fold-stream"
import type { BedrockHandlerOptions } from "./handler-options"
import { DEFAULT_IDLE_LIMIT_MS, withinIdleLimit } from "./stream/idle-limit"
import { invokeModelApi } from "./invoke-model/invoke-model-api"
import { KnownRefusals } from "./known-refusals"
import { ProfileLookup } from "./connection/profile-lookup"
import { planAfterLookup, planWithoutLookup, type RequestPlan } from "./request-plan"
import { SentSecrets } from "./connection/sent-secrets"
import { Stopwatch } from "./connection/stopwatch"
import { usageChunk } from "./stream/usage-chunk"

const APIS: Readonly<Record<RequestApi, ApiAdapter>> = { converse: converseApi, "invoke-model": invokeModelApi }

const NO_CREDENTIALS = { method: "api-key", apiKey: "" } as const

/** Sends one attempt of a request, and reports when it is handed to the connection. */
type SendAttempt<T> = (
	client: BedrockRuntimeClient,
	request: Pick<ModelRequest, "plan" | "options" | "onSent" | "signal">,
	context: AttemptContext,
) => Promise<T>

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

	/** Streams text, reasoning and tool calls as they arrive, then a usage chunk if Bedrock accepted the request. */
	createMessage(systemPrompt: string, turns: readonly ChatTurn[], metadata: RequestMetadata = {}): ApiStream {
		const { serviceTier, idleLimitMs = DEFAULT_IDLE_LIMIT_MS[serviceTier] } = this.#options
		const open = (signal: AbortSignal) =>
			this.#sendWithRetries(signal, metadata.onAttemptFailed, async (client, request, context) => ({
				...context,
				...(await this.#api.openStream(client, { ...request, systemPrompt, turns, metadata })),
			}))
		return foldStream(open, serviceTier, idleLimitMs, metadata.signal)
	}

	/** Sends one prompt and returns its answer, e.g. for the host's prompt enhancement. Sends the tier too. */
	async completePrompt(prompt: string, options: CompletionOptions = {}): Promise<string> {
		const { serviceTier, idleLimitMs = DEFAULT_IDLE_LIMIT_MS[serviceTier] } = this.#options
		const { onAdjusted } = options
		const metadata = onAdjusted ? { onAdjusted } : {}
		const prompted = { systemPrompt: "", turns: [{ role: "user", content: prompt }], metadata } as const
		const answer = await withinIdleLimit(idleLimitMs, options.signal, (signal) =>
			this.#sendWithRetries(signal, options.onAttemptFailed, async (client, request, context) => ({
				...context,
				signal,
				...(await this.#api.complete(client, { ...request, ...prompted })),
			})),
		)
		const { plan, watch, signal, text } = answer
		options.onUsage?.(usageChunk(plan, serviceTier, answer, watch.read()))
		if (text === null) throw signal.aborted ? cancelledFailure(signal) : incompleteStream()
		return text
	}

	/** The id is the one sent to Bedrock. Throws a `bad-input` failure when there is no route to the model. */
	getModel(): ReturnType<ApiHandler["getModel"]> {
		const { bedrockModelId, model, api } = planWithoutLookup(this.#options)
		return { id: bedrockModelId, info: { supportsImages: acceptedParameters(model, api).images.support === "yes" } }
	}

	/**
	 * Resolves the endpoint that requests are sent to, including AWS's own settings; `null` when it is AWS's own endpoint
	 * of the region. Sends nothing. Throws a `bad-input` failure when the endpoint is not allowed.
	 */
	async endpoint(): Promise<string | null> {
		const { region } = planWithoutLookup(this.#options)
		// A request is signed after its endpoint is resolved, so no credentials are needed.
		const client = createClient({ ...this.#options, credentials: NO_CREDENTIALS }, region)
		return resolveEndpoint(client).finally(() => client.destroy())
	}

	dispose(): void {
		this.#client?.destroy()
		this.#client = undefined
	}

	/** Sends one request, in as many attempts as the options allow. */
	async #sendWithRetries<T>(
		signal: AbortSignal,
		onFailed: RequestMetadata["onAttemptFailed"],
		send: SendAttempt<T>,
	): Promise<T> {
		const plan = await planAfterLookup(this.#options, this.#lookup, signal).catch((error: unknown) => {
			throw signal.aborted ? cancelledFailure(signal) : error
		})
		return withAttempts({
			plan: this.#refusals.apply(plan),
			run: async (plan) => {
				const attempt = await this.#sendAttempt(plan, signal, send)
				this.#refusals.recordOutcome(plan, attempt.failure ?? null)
				return attempt
			},
			policy: this.#options,
			signal,
			onFailed,
		})
	}

	async #sendAttempt<T>(plan: RequestPlan, signal: AbortSignal, send: SendAttempt<T>): Promise<Attempt<T>> {
		const watch = new Stopwatch()
		const secrets = new SentSecrets()
		const onSent: ModelRequest["onSent"] = (headers) => {
			watch.recordSent()
			secrets.recordHeaders(headers)
		}
		try {
			signal.throwIfAborted()
			this.#client ??= createClient(this.#options, plan.region)
			const request = { plan, options: this.#options, onSent, signal }
			return { answer: await send(this.#client, request, { plan, watch, secrets }) }
		} catch (thrown) {
			const error = secrets.redact(thrown)
			const failure = classifyRequestFailure(error, plan, signal)
			// The next request signs in again.
			if (failure.code === "credentials-expired") this.dispose()
			return {
				failure,
				outcome: outcomeOf(error, watch.isSent),
				wasUnread: !signal.aborted && (isStaleConnection(thrown) || isRefusedStream(thrown)),
			}
		}
	}
}
