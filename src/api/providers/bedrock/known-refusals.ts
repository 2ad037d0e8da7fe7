import { isSameTierRequest, type TierRequest } from "@bedrock-tiers/protocol"
import type { ProviderFailure } from "../../provider-failure"
import type { BedrockHandlerOptions } from "./handler-options"
import type { RequestPlan } from "./request-plan"

/**
 * Tiers that Bedrock is known to refuse: those that the caller remembers, and those refused since. If the user chose to
 * fall back to Standard, they are not sent again. Otherwise they are sent, because the user insists on the requested
 * tier.
 */
export class KnownRefusals {
	readonly #options: BedrockHandlerOptions
	#refused: readonly TierRequest[]

	constructor(options: BedrockHandlerOptions) {
		this.#options = options
		this.#refused = options.knownRefusals ?? []
	}

	/** Returns the plan, changed to Standard if its tier is known to be refused. */
	apply(plan: RequestPlan): RequestPlan {
		const tierRequest = this.#tierRequest(plan)
		if (!tierRequest || this.#options.whenTierCannotServe !== "standard") return plan
		if (!this.#refused.some((refused) => isSameTierRequest(refused, tierRequest))) return plan
		return { ...plan, tier: { sentTier: null, notSentReason: "tier-refused" } }
	}

	/**
	 * Records the outcome of an attempt and reports what it shows about the tier.
	 * @param failure `null` when Bedrock accepted the request
	 */
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
