import { t } from "@bedrock-tiers/core"

/** What a check says of a field that does not fit, in the language that holds when it says it. */
export function problem(sentence: string, ...values: readonly number[]): { error: () => string } {
	return { error: () => t(sentence, ...values) }
}
