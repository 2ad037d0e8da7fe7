import type { ServiceTier } from "@bedrock-tiers/core"
import type { ErrorCode } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"

/** One short sentence for a failure. The compiler holds that there is one for every code. */
export function failureTitle(code: ErrorCode, requestedTier: ServiceTier | undefined, { t, tier }: Locale): string {
	return t(`failure.${code}.title`, { tier: requestedTier ? tier(requestedTier) : t("failure.theTier") })
}
