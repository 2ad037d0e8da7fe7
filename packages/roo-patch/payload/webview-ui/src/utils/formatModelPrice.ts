import { formatBedrockUnitPrice } from "@roo-code/types"

import { formatPrice } from "./formatPrice"

/** Formats a unit price: with all digits for Bedrock, whose tier prices can be below a cent, else as before. */
export function formatModelPrice(usdPerMTok: number, apiProvider: string | undefined): string {
	return apiProvider === "bedrock" ? formatBedrockUnitPrice(usdPerMTok) : formatPrice(usdPerMTok)
}
