import type { ServiceTier } from "@bedrock-tiers/core"
import type { ErrorCode } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"

/** Short title of a failure. The compiler checks that every error code has one. */
export function failureTitle(code: ErrorCode, requestedTier: ServiceTier | undefined, { t, tier }: Locale): string {
	return t(`failure.${code}.title`, { tier: requestedTier ? tier(requestedTier) : t("failure.theTier") })
}
