import { byTierOrder, type ServedTier } from "@bedrock-tiers/core"
import type { RequestSpeed } from "@bedrock-tiers/protocol"
import { median, spreadOf, type Spread } from "./spread"

/** Measures of speed: time to the first token, and tokens per second. */
export const MEASURES = ["firstTokenMs", "tokensPerSecond"] as const
export type Measure = (typeof MEASURES)[number]

/** Speeds of the requests of one tier; a measure is `null` when no request has it. */
export type TierSpeeds = Readonly<Record<Measure, Spread | null>> & {
	readonly tier: ServedTier
	/** Median prompt length; `null` when no request has a known one. */
	readonly promptTokens: number | null
	/** Median cost, as a multiple of the cost on Standard; `null` when no request has a known one. */
	readonly timesStandardCost: number | null
}

/** Tiers that have requests, in tier order. */
export function tierSpeeds(requests: readonly RequestSpeed[]): TierSpeeds[] {
	const tiers = [...new Set(requests.map(({ tier }) => tier))].sort(byTierOrder)
	return tiers.map((tier) => {
		const tierRequests = requests.filter((request) => request.tier === tier)
		return {
			tier,
			firstTokenMs: spreadOf(tierRequests.map(({ firstTokenMs }) => firstTokenMs)),
			tokensPerSecond: spreadOf(tierRequests.map(({ tokensPerSecond }) => tokensPerSecond)),
			promptTokens: median(tierRequests.map(({ promptTokens }) => promptTokens)),
			timesStandardCost: median(tierRequests.map(({ timesStandardCost }) => timesStandardCost)),
		}
	})
}

/**
 * Minimum requests of a tier for showing its quartiles and comparing it. With eight requests each quarter has two of
 * them, so that no quartile, and no statement about the middle halves, depends on a single slow request.
 */
export const MIN_COMPARED = 8

/** Medians with a smaller difference are reported as equal, because users do not notice it. */
const MIN_NOTICEABLE_MS = 50

/** Prompts that differ by more than this factor are reported: reading a prompt takes time before the first token. */
const MAX_PROMPT_RATIO = 2

/** Comparison of one tier with another, by medians. */
export type Verdict = {
	readonly tier: ServedTier
	readonly than: ServedTier
	/** Requests with a known time to the first token, of `tier` and of `than`. */
	readonly counts: readonly [number, number]
} & (
	| { readonly kind: "too-few" }
	| {
			readonly kind: "compared"
			/** Milliseconds by which the first token came earlier; negative when later, 0 when it is not noticeable. */
			readonly earlierMs: number
			/** Whether the middle halves do not overlap. If they do, the difference may be chance. */
			readonly apart: boolean
			/** Tokens per second; `null` when too few requests have a known speed. */
			readonly speeds: { readonly medians: readonly [number, number]; readonly apart: boolean } | null
			/** Cost as a multiple of the cost on `than`; `null` when unknown. */
			readonly times: number | null
			/** Median prompt lengths in tokens, when they differ enough to influence the times; otherwise `null`. */
			readonly differingPrompts: readonly [number, number] | null
	  }
)

/** Each tier compared with the first one in tier order: with Standard, or with Flex when Standard was never used. */
export function verdicts(tiers: readonly TierSpeeds[]): Verdict[] {
	const [first, ...others] = tiers
	return first ? others.map((one) => verdict(one, first)) : []
}

function verdict(one: TierSpeeds, other: TierSpeeds): Verdict {
	const [first, otherFirst] = [one.firstTokenMs, other.firstTokenMs]
	const pair = { tier: one.tier, than: other.tier, counts: [first?.count ?? 0, otherFirst?.count ?? 0] } as const
	if (!hasEnoughValues(first) || !hasEnoughValues(otherFirst)) return { ...pair, kind: "too-few" }
	const earlierMs = otherFirst.median - first.median
	return {
		...pair,
		kind: "compared",
		earlierMs: Math.abs(earlierMs) < MIN_NOTICEABLE_MS ? 0 : earlierMs,
		apart: areApart(first, otherFirst),
		speeds: comparedSpeeds(one.tokensPerSecond, other.tokensPerSecond),
		times: one.timesStandardCost && other.timesStandardCost && one.timesStandardCost / other.timesStandardCost,
		differingPrompts: differingPrompts(one.promptTokens, other.promptTokens),
	}
}

/** Whether there are enough values for quartiles. */
export function hasEnoughValues(spread: Spread | null): spread is Spread {
	return spread !== null && spread.count >= MIN_COMPARED
}

function areApart(one: Spread, other: Spread): boolean {
	return one.to < other.from || other.to < one.from
}

function comparedSpeeds(one: Spread | null, other: Spread | null) {
	if (!hasEnoughValues(one) || !hasEnoughValues(other)) return null
	return { medians: [one.median, other.median], apart: areApart(one, other) } as const
}

function differingPrompts(one: number | null, other: number | null): readonly [number, number] | null {
	if (one === null || other === null) return null
	return Math.max(one, other) > MAX_PROMPT_RATIO * Math.min(one, other) ? [one, other] : null
}
