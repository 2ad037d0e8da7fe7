import type { ServiceTier } from "@bedrock-tiers/core"
import type { ErrorCode } from "@bedrock-tiers/protocol"
import type { Words } from "../../words"

/** One short sentence for a failure. The compiler holds that there is one for every code. */
export function failureTitle(code: ErrorCode, askedTier: ServiceTier | undefined, { t, tier }: Words): string {
	return t(`failure.${code}.title`, { tier: askedTier ? tier(askedTier) : t("failure.theTier") })
}
