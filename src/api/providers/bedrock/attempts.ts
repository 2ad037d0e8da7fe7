import { setTimeout } from "node:timers/promises"
import type { FailedOutcome, ServiceTier } from "@bedrock-tiers/core"
import { FAILURE_TABLE, isTierFailure, type TierFailure } from "@bedrock-tiers/protocol"
import type { FailedAttempt } from "../../provider-contract"
import type { ProviderFailure } from "../../provider-failure"
import { cancelledFailure } from "./failures"
import type { BedrockHandlerOptions } from "./handler-options"
import type { RequestPlan } from "./request-plan"

/** Why a retry uses Standard although another tier was requested; `null` when it uses the requested tier. */
type Fallback = TierFailure | null

export type AttemptsPolicy = Pick<BedrockHandlerOptions, "whenTierCannotServe" | "maxAttempts" | "backoffMs">

type FailedState = {
	/** Number of attempts made so far. */
	readonly attempt: number
	/** Tier of the last attempt; `null` when none was sent. */
	readonly sentTier: ServiceTier | null
	readonly fallback: Fallback
	/** Whether the connection failed, not the request, and this did not happen before. */
	readonly mayResend: boolean
}

/**
 * Returns how to continue after a failed attempt, or `null` when its failure must be thrown.
 *
 * Quota is shared by all tiers, so a throttled request waits and is retried on the same tier: another tier would not
 * help. When the model refuses the tier, or the tier has no capacity, the request falls back to Standard only if the
 * user chose that.
 */
export function nextAttempt(
	{ code }: ProviderFailure,
	{ attempt, sentTier, fallback, mayResend }: FailedState,
	{ whenTierCannotServe, maxAttempts = 3, backoffMs = 1_000 }: AttemptsPolicy,
	random: () => number = Math.random,
): { readonly fallback: Fallback; readonly waitMs: number } | null {
	if (attempt >= maxAttempts) return null
	if (mayResend) return { fallback, waitMs: 0 }
	if (FAILURE_TABLE[code].retriesAutomatically)
		return { fallback, waitMs: backoffMs * 2 ** (attempt - 1) * (1 + random()) }
	const canFallBack = sentTier !== null && whenTierCannotServe === "standard"
	return canFallBack && isTierFailure(code) ? { fallback: code, waitMs: 0 } : null
}

/** Result of one attempt: the answer that has begun, or the failure and how far the request got. */
export type Attempt<T> =
	| { readonly answer: T; readonly failure?: never }
	| {
			readonly failure: ProviderFailure
			readonly outcome: FailedOutcome | "not-sent"
			/** The server most likely did not read the request: it had closed the connection, or refused the stream. */
			readonly wasUnread: boolean
	  }

export type Attempts<T> = {
	readonly plan: RequestPlan
	/** Sends one attempt. It fails only if Bedrock refuses the request or before any output was shown. */
	readonly run: (plan: RequestPlan) => Promise<Attempt<T>>
	readonly policy: AttemptsPolicy
	readonly signal: AbortSignal
	/** Called before the wait, and before the last failure is thrown. */
	readonly onFailed: ((attempt: FailedAttempt) => void) | undefined
}

/**
 * Sends a request until Bedrock accepts it or the policy ends the attempts. Throws the last failure. A failure that
 * occurred before anything left this machine is thrown at once, because it is not an attempt.
 */
export async function withAttempts<T>({ plan: first, run, policy, signal, onFailed }: Attempts<T>): Promise<T> {
	let fallback: Fallback = null
	let hasResent = false
	for (let attempt = 1; ; attempt++) {
		const plan: RequestPlan = fallback ? { ...first, tier: { sentTier: null, notSentReason: fallback } } : first
		const result = await run(plan)
		if (result.failure === undefined) return result.answer
		const { failure, outcome, wasUnread } = result
		if (outcome === "not-sent") throw failure
		const { code, details } = failure
		const { sentTier } = plan.tier
		const failed = { at: new Date().toISOString(), code, details, outcome, sentTier }
		const next = nextAttempt(failure, { attempt, sentTier, fallback, mayResend: wasUnread && !hasResent }, policy)
		hasResent ||= wasUnread
		if (next === null) {
			onFailed?.({ ...failed, nextTier: null, waitMs: 0 })
			throw failure
		}
		fallback = next.fallback
		const nextTier = fallback === null ? (sentTier ?? "default") : "default"
		onFailed?.({ ...failed, nextTier, waitMs: next.waitMs })
		await pause(next.waitMs, signal)
	}
}

/** @throws ProviderFailure when the request is cancelled, which ends the wait */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
	try {
		await setTimeout(ms, undefined, { signal })
	} catch {
		throw cancelledFailure(signal)
	}
}
