import type { Pricing, ReasoningLevel, RequestApi, RouteSetting, ServiceTier, DeclaredModel } from "@bedrock-tiers/core"
import type {
	ParameterRequest,
	TierRequest,
	CacheLifetime,
	Credentials,
	HttpProtocol,
	StaticKeys,
	TierOutcome,
	WhenTierCannotServe,
} from "@bedrock-tiers/protocol"
import type { ProxySettings } from "../../provider-contract"

/** How requests are signed. Contains secrets, so it is held in memory only. */
export type BedrockCredentials =
	| Extract<Credentials, { method: "default-chain" | "profile" }>
	| { readonly method: "api-key"; readonly apiKey: string }
	| ({ readonly method: "static-keys" } & StaticKeys)

export type InferenceOptions = {
	/** Maximum tokens of the answer, including reasoning; the model's default when absent. */
	readonly maxTokens?: number
	/** 0 to 1; the model's default when absent. Not sent to a model that refuses it. */
	readonly temperature?: number
	/** Defaults to `off`. */
	readonly reasoning?: ReasoningLevel
	/** For models with a reasoning token budget; a share of the answer's limit when absent. */
	readonly thinkingBudgetTokens?: number
	/** Defaults to `off`: each request then pays for its whole prompt. */
	readonly promptCaching?: CacheLifetime
}

export type BedrockHandlerOptions = InferenceOptions & {
	/** Region whose endpoint is called; the region of an ARN takes precedence. */
	readonly region: string
	/** Base id (routed by `route`), profile id or ARN (both used as typed). */
	readonly modelId: string
	readonly route: RouteSetting
	readonly serviceTier: ServiceTier
	/** API that carries the requests. Support for tiers and models differs by API. */
	readonly api: RequestApi
	readonly credentials: BedrockCredentials
	/** `null` for AWS's own endpoint. Must be https, or http on loopback. */
	readonly endpoint: string | null
	/** Defaults to HTTP/2, the SDK's default. HTTP/1.1 is subject to the host's changes to Node's `https` module. */
	readonly http?: HttpProtocol
	/** Defaults to the environment's proxy. Addresses on this machine never have a proxy. */
	readonly proxy?: ProxySettings
	/** Declared models of application inference profiles, by ARN, for accounts that may not look them up. */
	readonly declaredModels?: readonly DeclaredModel[]
	/** Defaults to `ask`: the failure is thrown, and the caller asks the user. */
	readonly whenTierCannotServe?: WhenTierCannotServe
	/** Tiers that Bedrock refused before; none when absent. With `standard` they are not sent again. */
	readonly knownRefusals?: readonly TierRequest[]
	/** Parameters that Bedrock refused before, which are left out; none when absent. */
	readonly refusedParameters?: readonly ParameterRequest[]
	/** Called when Bedrock accepted a request with a tier, or refused the tier. */
	readonly onTierOutcome?: (outcome: TierOutcome) => void
	/** Maximum attempts per request, including the first; defaults to 3. */
	readonly maxAttempts?: number
	/**
	 * Wait before the second attempt, in milliseconds, doubled before the third; defaults to 1,000. Random jitter of up
	 * to the same length is added.
	 */
	readonly backoffMs?: number
	/**
	 * How long Bedrock may send nothing before a request is aborted, in milliseconds; defaults to 5 minutes, 15 for
	 * Flex.
	 */
	readonly idleLimitMs?: number
	/** Overrides of the catalog's prices; none when absent. */
	readonly pricing?: Pricing
	/** Sent in the user agent as `app/<id>`. */
	readonly applicationId: string
}
