import { AwsFailure } from "./failures"
import type { EmulatedModel } from "./models"

const TIERS: readonly string[] = ["default", "flex", "priority", "reserved"]

/**
 * Refuses a tier as AWS does. No tier and `default` are valid for every model.
 *
 * @param requestedTier `null` when the request names none
 * @throws AwsFailure with AWS's own error message
 */
export function checkTier(model: EmulatedModel, requestedTier: string | null): void {
	if (requestedTier === null || requestedTier === "default") return
	if (!TIERS.includes(requestedTier)) {
		throw new AwsFailure("ValidationException", "service tier provided is invalid")
	}
	if (requestedTier === "reserved") {
		throw new AwsFailure("ValidationException", "Reservation not found.")
	}
	if (!model.paidTiers.some((tier) => tier === requestedTier)) {
		throw tierNotSupported()
	}
}

export function tierNotSupported(): AwsFailure {
	return new AwsFailure("ValidationException", "The provided service tier is not supported for this model.")
}
