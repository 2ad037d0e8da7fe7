import { formatBedrockUnitPrice } from "@roo-code/types"

import { formatPrice } from "./formatPrice"

/** A unit price with all its digits for Bedrock, whose tiers go below a cent; as it was for everyone else. */
export function formatModelPrice(usdPerMTok: number, apiProvider: string | undefined): string {
	return apiProvider === "bedrock" ? formatBedrockUnitPrice(usdPerMTok) : formatPrice(usdPerMTok)
}
