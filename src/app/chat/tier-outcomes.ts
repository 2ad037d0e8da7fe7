import { detail, detailsOf } from "@bedrock-tiers/error-details"
import { isSameTierRequest, type TierOutcome, type TierRefusal, type ToWebview } from "@bedrock-tiers/protocol"
import type { ReportProblem, TierMemory } from "../ports"
import type { ParameterRefusalsStore } from "../storage/parameter-refusals-store"
import type { RefusalsStore } from "../storage/refusals-store"

export type TierOutcomesDependencies = {
	readonly refusals: RefusalsStore
	readonly parameterRefusals: ParameterRefusalsStore
	readonly post: (message: ToWebview) => void
	readonly reportProblem: ReportProblem
}

/**
 * Stores tier refusals and posts them to the webview. Refusals belong to a profile, because a profile represents an
 * account.
 */
export class TierOutcomes {
	readonly #dependencies: TierOutcomesDependencies
	/** The last pending write; never rejects. */
	#writing: Promise<void> = Promise.resolve()

	constructor(dependencies: TierOutcomesDependencies) {
		this.#dependencies = dependencies
	}

	/** Resolves when all outcomes so far are stored. */
	get stored(): Promise<void> {
		return this.#writing
	}

	/** Remembered refusals of a profile, and the callback for new outcomes, for a connection with that profile. */
	async memory(profileId: string): Promise<TierMemory> {
		const { refusals, parameterRefusals } = this.#dependencies
		const known = (await refusals.load()).filter((refusal) => refusal.profileId === profileId)
		const knownRefusals = known.map(({ tierRequest }) => tierRequest)
		const onTierOutcome = ({ tierRequest, accepted }: TierOutcome) => {
			if (!accepted) this.#writing = this.post(refusals.remember(profileId, tierRequest))
			else if (knownRefusals.some((refused) => isSameTierRequest(refused, tierRequest)))
				this.#writing = this.post(refusals.forget(profileId, tierRequest))
		}
		return { knownRefusals, onTierOutcome, refusedParameters: parameterRefusals.load(profileId) }
	}

	/** Posts the changed refusals. A failed write is reported and does not interrupt the chat. */
	async post(change: Promise<TierRefusal[]>): Promise<void> {
		const { post, reportProblem } = this.#dependencies
		try {
			post({ type: "refusals", refusals: await change })
		} catch (error) {
			reportProblem(detail("storage.refusal-not-saved", { reason: detailsOf(error) }))
		}
	}
}
