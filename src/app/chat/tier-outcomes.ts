import { t } from "@bedrock-tiers/core"
import { isSameTierRequest, type TierOutcome, type TierRefusal, type ToWebview } from "@bedrock-tiers/protocol"
import type { ReportProblem, TierMemory } from "../ports"
import { errorMessage } from "../storage/error-message"
import type { RefusalsStore } from "../storage/refusals-store"

export type TierOutcomesDependencies = {
	readonly refusals: RefusalsStore
	readonly post: (message: ToWebview) => void
	readonly reportProblem: ReportProblem
}

/** Remembers what Bedrock said of tiers, and tells the webview. Refusals are a profile's, since it stands for an account. */
export class TierOutcomes {
	readonly #dependencies: TierOutcomesDependencies
	/** The last answer that is being written; never rejects. */
	#remembering: Promise<void> = Promise.resolve()

	constructor(dependencies: TierOutcomesDependencies) {
		this.#dependencies = dependencies
	}

	/** Resolves when all that was heard is kept. */
	get kept(): Promise<void> {
		return this.#remembering
	}

	/** What a connection by the profile is told of tiers, and tells of them. */
	async memory(profileId: string): Promise<TierMemory> {
		const { refusals } = this.#dependencies
		const known = (await refusals.load()).filter((refusal) => refusal.profileId === profileId)
		const knownRefusals = known.map(({ tierRequest }) => tierRequest)
		const onTierOutcome = ({ tierRequest, accepted }: TierOutcome) => {
			if (!accepted) this.#remembering = this.post(refusals.remember(profileId, tierRequest))
			else if (knownRefusals.some((refused) => isSameTierRequest(refused, tierRequest)))
				this.#remembering = this.post(refusals.forget(profileId, tierRequest))
		}
		return { knownRefusals, onTierOutcome }
	}

	/** Tells of a change. The chat goes on also where it could not be written. */
	async post(change: Promise<TierRefusal[]>): Promise<void> {
		const { post, reportProblem } = this.#dependencies
		try {
			post({ type: "refusals", refusals: await change })
		} catch (error) {
			reportProblem(t("The refusal of a tier could not be kept: {0}", errorMessage(error)))
		}
	}
}
