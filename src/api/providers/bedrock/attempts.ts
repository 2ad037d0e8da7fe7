import type { NotSentReason, ServiceTier } from "@bedrock-tiers/core"
import type { WhenTierCannotServe } from "@bedrock-tiers/protocol"
import type { FailedAttempt } from "../../provider-contract"
import { ProviderFailure } from "../../provider-failure"
import type { RequestPlan } from "./request-plan"

/** Of one request, the first included. */
export const MAX_ATTEMPTS = 3
/** Before the second attempt; doubled before the third. */
const BACKOFF_MS = 1_000

/** Why a further attempt goes on Standard although a tier was chosen; null = the tier is asked for again. */
export type Fallback = Extract<NotSentReason, "tier-refused" | "capacity-refused"> | null

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
	if (code === "quota-throttled") return { fallback, waitMs: backoffMs * 2 ** (attempt - 1) * (1 + random()) }
	const isTheTiers = code === "tier-refused" || code === "capacity-refused"
	if (isTheTiers && sentTier !== null && whenTierCannotServe === "standard") return { fallback: code, waitMs: 0 }
	return null
}

export type Attempts<T> = {
	readonly plan: RequestPlan
	/** Sends it. Its failures are Bedrock's refusals, or come before anything was shown. */
	readonly run: (plan: RequestPlan) => Promise<T>
	readonly policy: AttemptsPolicy
	readonly signal: AbortSignal
	/** Told before the wait. */
	readonly onFailed: ((attempt: FailedAttempt) => void) | undefined
}

/** Runs a request until Bedrock takes it, or the policy ends it. Throws the last failure. */
export async function withAttempts<T>({ plan: first, run, policy, signal, onFailed }: Attempts<T>): Promise<T> {
	let fallback: Fallback = null
	for (let attempt = 1; ; attempt++) {
		const plan: RequestPlan = fallback ? { ...first, tier: { sentTier: null, notSentReason: fallback } } : first
		try {
			return await run(plan)
		} catch (failure) {
			if (!ProviderFailure.is(failure)) throw failure
			const { sentTier } = plan.tier
			const next = nextAttempt(failure, { attempt, sentTier, fallback }, policy)
			if (next === null) throw failure
			fallback = next.fallback
			const nextTier = fallback === null ? (sentTier ?? "default") : "default"
			onFailed?.({ code: failure.code, message: failure.message, sentTier, nextTier, waitMs: next.waitMs })
			await pause(next.waitMs, signal)
		}
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
					: new ProviderFailure("cancelled", "The request was stopped.", { cause: signal.reason }),
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
