import { tierChoice } from "@bedrock-tiers/core"
import { pricedRegion, pricingOf, type Profile, type ProfileSettings } from "@bedrock-tiers/protocol"
import type { ApiHandler } from "../../api/index"
import { backgroundSettings } from "../chat/background"
import type { Connection } from "../chat/chat-task"
import type { ConnectProfile, Workspace } from "../ports"
import type { RefreshedPricesStore } from "../storage/refreshed-prices-store"
import type { Settings } from "./settings"
import type { TierOutcomes } from "../chat/tier-outcomes"

export type ConnectionsDependencies = {
	readonly settings: Settings
	readonly prices: RefreshedPricesStore
	readonly connect: ConnectProfile
	readonly workspace: Workspace
	readonly tierOutcomes: TierOutcomes
}

/** How to reach Bedrock by a profile, with what is known of prices and of tiers that were refused. */
export class Connections {
	readonly #dependencies: ConnectionsDependencies

	constructor(dependencies: ConnectionsDependencies) {
		this.#dependencies = dependencies
	}

	/** By the active profile as it is now. */
	async active(change: Partial<ProfileSettings>): Promise<Connection> {
		const { settings, workspace } = this.#dependencies
		const profile = settings.activeProfile
		const asked = { ...profile.settings, ...change }
		const open = await this.opener({ ...profile, settings: asked })
		const { model } = tierChoice(asked)
		return {
			open: () => open(asked),
			openBackground: (purpose) => open(backgroundSettings(asked, purpose)),
			openTools: workspace.isOpen() ? () => workspace.tools() : null,
			writesTitle: asked.chatTitles === "written",
			requestedTier: asked.serviceTier,
			contextWindow: model?.contextWindow ?? null,
			takesImages: model?.images ?? null,
			limitUsd: asked.taskLimitUsd,
			region: pricedRegion(asked),
		}
	}

	/** Opens connections by the profile, with its prices as they are now. */
	async opener(profile: Profile): Promise<(settings: ProfileSettings) => Promise<ApiHandler>> {
		const { settings, connect, prices, tierOutcomes } = this.#dependencies
		const pricing = pricingOf(profile.settings, await prices.load(pricedRegion(profile.settings)))
		return async (asked) =>
			connect(
				{ ...profile, settings: asked },
				await settings.secrets(profile.id),
				pricing,
				await tierOutcomes.memory(profile.id),
			)
	}
}
