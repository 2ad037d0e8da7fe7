/** Codes of the failures of a request. `src/api` classifies each failure once, at the edge. */
export const ERROR_CODES = [
	/** Bedrock reported that the model does not support the tier. */
	"tier-refused",
	/** HTTP 429: the account's quota, which all tiers share, is exceeded. Another tier does not help. */
	"quota-throttled",
	/** HTTP 429: the account's quota of a day is used up. Waiting some seconds does not help. */
	"daily-quota",
	/** Bedrock has no capacity (HTTP 503, model not ready, model timeout). Another tier may help. */
	"capacity-refused",
	/** The stream ended without its end marker. */
	"stream-incomplete",
	"access-denied",
	"credentials-missing",
	"credentials-expired",
	"model-not-found",
	/** The request is invalid; the message names the invalid part. */
	"bad-input",
	/** Bedrock refuses a parameter of the request, without which it can be sent. */
	"parameter-refused",
	/** The prompt does not fit into the model's context window or into a request. */
	"prompt-too-long",
	"network",
	"timeout",
	/** Not sent: the cost of the task has reached the limit set by the user. */
	"task-limit",
	/** Not sent: all tool calls of the last answers failed. */
	"tool-calls-failed",
	"cancelled",
	"unknown",
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]
