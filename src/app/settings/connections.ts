import { pricedRegion, pricingOf, profileTierChoice, type Profile, type ProfileSettings } from "@bedrock-tiers/protocol"
import type { ApiHandler } from "../../api/index"
import { backgroundSettings } from "../chat/background"
import type { Connection } from "../chat/connection"
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

/** Connections to Bedrock by a profile, with the current prices and the remembered tier refusals. */
export class Connections {
	readonly #dependencies: ConnectionsDependencies

	constructor(dependencies: ConnectionsDependencies) {
		this.#dependencies = dependencies
	}

	/** Connection by the active profile with its current settings, changed by `change`. */
	async active(change: Partial<ProfileSettings>): Promise<Connection> {
		const { settings, workspace } = this.#dependencies
		const profile = settings.activeProfile
		const requested = { ...profile.settings, ...change }
		const open = await this.opener({ ...profile, settings: requested })
		const { model } = profileTierChoice(requested, null)
		return {
			open: () => open(requested),
			openBackground: (purpose) => open(backgroundSettings(requested, purpose)),
			openTools: workspace.isOpen() ? () => workspace.tools() : null,
			writesTitle: requested.chatTitles === "written",
			requestedTier: requested.serviceTier,
			contextWindow: model?.contextWindow ?? null,
			takesImages: model?.images ?? null,
			limitUsd: requested.taskLimitUsd,
			region: pricedRegion(requested),
		}
	}

	/** Returns a function that opens handlers by the profile, with its current prices. */
	async opener(profile: Profile): Promise<(settings: ProfileSettings) => Promise<ApiHandler>> {
		const { settings, connect, prices, tierOutcomes } = this.#dependencies
		const pricing = pricingOf(profile.settings, await prices.load(pricedRegion(profile.settings)))
		return async (requested) =>
			connect(
				{ ...profile, settings: requested },
				await settings.secrets(profile.id),
				pricing,
				await tierOutcomes.memory(profile.id),
			)
	}
}
