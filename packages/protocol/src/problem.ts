import { t } from "@bedrock-tiers/core"

/** Validation error of a field, translated to the current language when it is reported. */
export function problem(message: string, ...values: readonly number[]): { error: () => string } {
	return { error: () => t(message, ...values) }
}
