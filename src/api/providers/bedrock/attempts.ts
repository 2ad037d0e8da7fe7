import { t, type FailedOutcome, type ServiceTier } from "@bedrock-tiers/core"
import { FAILURE_TABLE, isTierFailure, type TierFailure, type WhenTierCannotServe } from "@bedrock-tiers/protocol"
import type { FailedAttempt } from "../../provider-contract"
import { ProviderFailure } from "../../provider-failure"
import type { RequestPlan } from "./request-plan"

/** Of one request, the first included. */
export const MAX_ATTEMPTS = 3
/** Before the second attempt; doubled before the third. */
const BACKOFF_MS = 1_000

/** Why a further attempt goes on Standard although a tier was chosen; null = the tier is asked for again. */
export type Fallback = TierFailure | null

export type AttemptsPolicy = {
	readonly whenTierCannotServe: WhenTierCannotServe
	/** Absent = 3. */
	readonly maxAttempts?: number | undefined
	/** Before the second attempt, in milliseconds; absent = 1,000. Up to the same again is added by chance. */
	readonly backoffMs?: number | undefined
}

export type NextAttempt = { readonly fallback: Fallback; readonly waitMs: number }

/**
 * What comes after a refusal; null = nothing, it is told.
 *
 * Quota is shared by all tiers, so a throttled request waits and asks for the same tier again: another one would not
 * help. A tier that the model refuses, or that has no room, gives way to Standard only where the person said so.
 * @param attempt how many there have been
 * @param sentTier what the last one asked for; null = nothing
 */
export function nextAttempt(
	{ code }: ProviderFailure,
	{ attempt, sentTier, fallback }: { attempt: number; sentTier: ServiceTier | null; fallback: Fallback },
	{ whenTierCannotServe, maxAttempts = MAX_ATTEMPTS, backoffMs = BACKOFF_MS }: AttemptsPolicy,
	random: () => number = Math.random,
): NextAttempt | null {
	if (attempt >= maxAttempts) return null
	if (FAILURE_TABLE[code].retriesAutomatically)
		return { fallback, waitMs: backoffMs * 2 ** (attempt - 1) * (1 + random()) }
	const givesWay = sentTier !== null && whenTierCannotServe === "standard"
	return givesWay && isTierFailure(code) ? { fallback: code, waitMs: 0 } : null
}

/** One attempt: the answer that has begun, or why there is none and how far the request got. */
export type Attempt<T> =
	| { readonly answer: T; readonly failure?: never }
	| { readonly failure: ProviderFailure; readonly outcome: FailedOutcome | "not-sent" }

export type Attempts<T> = {
	readonly plan: RequestPlan
	/** Sends it. Its failures are Bedrock's refusals, or come before anything was shown. */
	readonly run: (plan: RequestPlan) => Promise<Attempt<T>>
	readonly policy: AttemptsPolicy
	readonly signal: AbortSignal
	/** Told before the wait, and before the last failure is thrown. */
	readonly onFailed: ((attempt: FailedAttempt) => void) | undefined
}

/**
 * Runs a request until Bedrock takes it, or the policy ends it. Throws the last failure, and at once what never left this
 * machine: that was no attempt.
 */
export async function withAttempts<T>({ plan: first, run, policy, signal, onFailed }: Attempts<T>): Promise<T> {
	let fallback: Fallback = null
	for (let attempt = 1; ; attempt++) {
		const plan: RequestPlan = fallback ? { ...first, tier: { sentTier: null, notSentReason: fallback } } : first
		const attempted = await run(plan)
		if (attempted.failure === undefined) return attempted.answer
		const { failure, outcome } = attempted
		if (outcome === "not-sent") throw failure
		const { code, message } = failure
		const { sentTier } = plan.tier
		const failed = { at: new Date().toISOString(), code, message, outcome, sentTier }
		const next = nextAttempt(failure, { attempt, sentTier, fallback }, policy)
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

/** Ends early, and throws, when the request is stopped. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const stop = () => {
			clearTimeout(timer)
			reject(
				ProviderFailure.is(signal.reason)
					? signal.reason
					: new ProviderFailure("cancelled", t("The request was stopped."), { cause: signal.reason }),
			)
		}
		const timer = setTimeout(() => {
			signal.removeEventListener("abort", stop)
			resolve()
		}, ms)
		if (signal.aborted) stop()
		else signal.addEventListener("abort", stop, { once: true })
	})
}
