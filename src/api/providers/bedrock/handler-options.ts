import type { Pricing, ReasoningLevel, RequestApi, RouteSetting, ServiceTier, DeclaredModel } from "@bedrock-tiers/core"
import type {
	TierRequest,
	CacheLifetime,
	HttpProtocol,
	TierOutcome,
	WhenTierCannotServe,
} from "@bedrock-tiers/protocol"

/** How requests are signed, secrets included: lives in memory only. */
export type BedrockCredentials =
	/** The AWS SDK's default chain. */
	| { readonly method: "default-chain" }
	/** A profile of the shared AWS files. */
	| { readonly method: "profile"; readonly profile: string }
	/** A Bedrock API key, sent as a bearer token. */
	| { readonly method: "api-key"; readonly apiKey: string }
	/** An access key pair; temporary keys have a session token. */
	| {
			readonly method: "static-keys"
			readonly accessKeyId: string
			readonly secretAccessKey: string
			readonly sessionToken?: string | undefined
	  }

export type InferenceOptions = {
	/** Of the answer, thoughts included; absent = the model's own. */
	readonly maxTokens?: number
	/** 0 to 1; absent = the model's own. Not sent where the model refuses it. */
	readonly temperature?: number
	/** Absent = off. */
	readonly reasoning?: ReasoningLevel
	/** For models that think by a budget; absent = a share of the answer's limit. */
	readonly thinkingBudgetTokens?: number
	/** Absent = off: without it each request pays for all of its prompt. */
	readonly promptCaching?: CacheLifetime
}

export type BedrockHandlerOptions = InferenceOptions & {
	/** Region whose endpoint is called; an ARN's own region wins. */
	readonly region: string
	/** Base id (routed by `route`), profile id or ARN (both taken as typed). */
	readonly modelId: string
	readonly route: RouteSetting
	readonly serviceTier: ServiceTier
	/** The API that requests go through. Tiers and models differ by it. */
	readonly api: RequestApi
	readonly credentials: BedrockCredentials
	/** Null = AWS's own endpoint. https, or http on loopback. */
	readonly endpoint: string | null
	/** Absent = HTTP/2, as the SDK does by itself. HTTP/1.1 goes through what a host does to Node's `https` module. */
	readonly http?: HttpProtocol
	/** What application inference profiles stand for, by their ARNs, for accounts that may not ask AWS. */
	readonly declaredModels?: readonly DeclaredModel[]
	/** Absent = `ask`, which is the caller's to do. */
	readonly whenTierCannotServe?: WhenTierCannotServe
	/** Tiers that Bedrock refused before. With `standard` they are not asked for again; absent = none. */
	readonly knownRefusals?: readonly TierRequest[]
	/** Called when Bedrock took a request with a tier, or refused the tier. */
	readonly onTierOutcome?: (answer: TierOutcome) => void
	/** Of one request, the first included; absent = 3. */
	readonly maxAttempts?: number
	/** Before the second attempt; absent = 1,000. */
	readonly backoffMs?: number
	/** How long Bedrock may say nothing before a request is given up; absent = 5 minutes, 15 for Flex. */
	readonly idleLimitMs?: number
	/** What stands over the catalog's prices; absent = nothing. */
	readonly pricing?: Pricing
	/** Goes into the user agent, as `app/<id>`. */
	readonly applicationId: string
}
