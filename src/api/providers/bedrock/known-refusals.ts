import { isSameTierRequest, type TierRequest } from "@bedrock-tiers/protocol"
import type { ProviderFailure } from "../../provider-failure"
import type { BedrockHandlerOptions } from "./handler-options"
import type { RequestPlan } from "./request-plan"

/**
 * The tiers that Bedrock is known to refuse: those that the caller remembers, and what was heard since. Where the person
 * wants Standard in such a case, they are not asked for again. Otherwise they are: whoever chose them insists.
 */
export class KnownRefusals {
	readonly #options: BedrockHandlerOptions
	#refused: readonly TierRequest[]

	constructor(options: BedrockHandlerOptions) {
		this.#options = options
		this.#refused = options.knownRefusals ?? []
	}

	/** The plan, on Standard where its tier is known to be refused. */
	apply(plan: RequestPlan): RequestPlan {
		const tierRequest = this.#tierRequest(plan)
		if (!tierRequest || this.#options.whenTierCannotServe !== "standard") return plan
		if (!this.#refused.some((refused) => isSameTierRequest(refused, tierRequest))) return plan
		return { ...plan, tier: { sentTier: null, notSentReason: "tier-refused" } }
	}

	/** Takes up how an attempt went, and tells what it says of the tier. Null = Bedrock took the request. */
	recordOutcome(plan: RequestPlan, failure: ProviderFailure | null): void {
		const tierRequest = this.#tierRequest(plan)
		if (!tierRequest || (failure !== null && failure.code !== "tier-refused")) return
		const accepted = failure === null
		this.#refused = this.#refused
			.filter((refused) => !isSameTierRequest(refused, tierRequest))
			.concat(accepted ? [] : tierRequest)
		this.#options.onTierOutcome?.({ tierRequest, accepted })
	}

	#tierRequest({ bedrockModelId, region, route, tier: { sentTier } }: RequestPlan): TierRequest | null {
		const { api } = this.#options
		return sentTier === null ? null : { modelId: bedrockModelId, api, region, route, tier: sentTier }
	}
}
