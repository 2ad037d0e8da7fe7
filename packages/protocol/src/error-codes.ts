/** What can go wrong with a request, in one word each. `src/api` classifies once, at the edge. */
export const ERROR_CODES = [
	/** Bedrock says that the model does not take the tier. */
	"tier-refused",
	/** Refused here, before sending: the model does not take the tier through this API. */
	"tier-not-offered",
	/** 429: the account's quota, which all tiers share. Another tier does not help. */
	"quota-throttled",
	/** Bedrock has no room right now (503, model not ready, model timeout). Another tier may help. */
	"capacity-refused",
	/** The answer ended before its end. */
	"stream-incomplete",
	"access-denied",
	"credentials-missing",
	"credentials-expired",
	"model-not-found",
	/** Something that cannot be right was asked for; the message names it. */
	"bad-input",
	"network",
	"timeout",
	/** Not sent: the task has cost what the person set as its limit. */
	"task-limit",
	"cancelled",
	"unknown",
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]
