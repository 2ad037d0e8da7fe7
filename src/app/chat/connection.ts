import type { ServiceTier } from "@bedrock-tiers/core"
import type { BackgroundPurpose } from "@bedrock-tiers/protocol"
import type { ApiHandler } from "../../api/index"
import type { ChatTools } from "../ports"

/** How a question is answered, by the settings at the time it is sent. */
export type Connection = {
	readonly open: () => Promise<ApiHandler>
	/** Opens a handler for titles and summaries: on the background tier, without thinking. */
	readonly openBackground: (purpose: BackgroundPurpose) => Promise<ApiHandler>
	/** `null` when no folder is open. */
	readonly openTools: (() => Promise<ChatTools>) | null
	readonly writesTitle: boolean
	readonly requestedTier: ServiceTier
	/** Tokens; `null` when unknown for the model. */
	readonly contextWindow: number | null
	/** `null` when unknown for the model. */
	readonly takesImages: boolean | null
	/** Limit of the whole task in USD; `null` for none. */
	readonly limitUsd: number | null
	/** Region that requests are sent to. */
	readonly region: string
}
