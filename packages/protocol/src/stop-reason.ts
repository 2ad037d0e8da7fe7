/**
 * Why an answer ended before its natural end. `limit`: it reached the requested maximum length. `window`: the context
 * window is full. `guardrail`: a guardrail of the AWS account intervened. `filtered`: the content filter of the model or of
 * AWS. `declined`: the model declined to answer. `malformed`: Bedrock could not read what the model wrote.
 */
export type EarlyEnd = "limit" | "window" | "guardrail" | "filtered" | "declined" | "malformed"

/**
 * Stop reasons that are not an end. Sources: AWS API reference, Converse `stopReason`; Anthropic Messages API
 * `stop_reason`; OpenAI Chat Completions `finish_reason`.
 */
const EARLY_ENDS: ReadonlyMap<string | undefined, EarlyEnd> = new Map([
	["max_tokens", "limit"],
	["length", "limit"],
	["model_context_window_exceeded", "window"],
	["guardrail_intervened", "guardrail"],
	["content_filtered", "filtered"],
	["content_filter", "filtered"],
	["refusal", "declined"],
	["malformed_model_output", "malformed"],
	["malformed_tool_use", "malformed"],
])

/** `null` for a natural end, for an unknown stop reason and for none. */
export function earlyEnd(stopReason: string | null | undefined): EarlyEnd | null {
	return EARLY_ENDS.get(stopReason ?? undefined) ?? null
}

/** Whether the answer was cut in the middle, so that its last part may be incomplete. */
export function isCutOff(stopReason: string | null | undefined): boolean {
	const end = earlyEnd(stopReason)
	return end === "limit" || end === "window"
}
