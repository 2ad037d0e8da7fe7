import { SELECTABLE_TIERS, type ServedTier } from "@bedrock-tiers/core"
import type { RequestSpeed } from "@bedrock-tiers/protocol"
import { median, spreadOf, type Spread } from "./spread"

/** The two things that are measured. */
export const MEASURES = ["firstTokenMs", "tokensPerSecond"] as const
export type Measure = (typeof MEASURES)[number]

/** How fast the requests of one tier were; null = none was measured so. */
export type TierSpeeds = Readonly<Record<Measure, Spread | null>> & {
	readonly tier: ServedTier
	/** Medians; null = not known of any. */
	readonly promptTokens: number | null
	readonly timesStandardCost: number | null
}

/** The tiers that have requests: Standard, Flex, Priority, then those that AWS calls otherwise, in order of time. */
export function tierSpeeds(requests: readonly RequestSpeed[]): TierSpeeds[] {
	const met = [...new Set(requests.map(({ tier }) => tier))]
	const known = SELECTABLE_TIERS.filter((tier) => met.includes(tier))
	return [...known, ...met.filter((tier) => !known.some((one) => one === tier))].map((tier) => {
		const ofTier = requests.filter((request) => request.tier === tier)
		return {
			tier,
			firstTokenMs: spreadOf(ofTier.map(({ firstTokenMs }) => firstTokenMs)),
			tokensPerSecond: spreadOf(ofTier.map(({ tokensPerSecond }) => tokensPerSecond)),
			promptTokens: median(ofTier.map(({ promptTokens }) => promptTokens)),
			timesStandardCost: median(ofTier.map(({ timesStandardCost }) => timesStandardCost)),
		}
	})
}

/**
 * Of fewer requests of a tier no quartiles are told, and they are not compared. From eight on each quarter of them holds two,
 * so that no quartile, and so no word about the middle halves, hangs on one request that happened to be slow.
 */
export const MIN_COMPARED = 8

/** Medians that are nearer to each other are told as the same: nobody feels that. */
const FELT_MS = 50

/** Prompts are called unlike from this on: what is read takes time before the first token. */
const UNLIKE_TIMES = 2

/** One tier beside another, by medians. */
export type Verdict = {
	readonly tier: ServedTier
	readonly than: ServedTier
	/** Requests with a first token. */
	readonly counts: readonly [number, number]
} & (
	| { readonly kind: "too-few" }
	| {
			readonly kind: "compared"
			/** Milliseconds that the first token came earlier; negative = later, 0 = too little to tell. */
			readonly earlierMs: number
			/** Whether the middle halves have nothing in common: else the difference may be chance. */
			readonly apart: boolean
			/** Tokens per second; null = too few requests had a speed. */
			readonly speeds: { readonly medians: readonly [number, number]; readonly apart: boolean } | null
			/** How many times as much it cost; null = not known. */
			readonly times: number | null
			/** Median prompts, in tokens, where they are so unlike that they explain much; else null. */
			readonly unlikePrompts: readonly [number, number] | null
	  }
)

/** Priority and Flex, each beside Standard; beside each other where Standard was never used. */
export function verdicts(tiers: readonly TierSpeeds[]): Verdict[] {
	const find = (tier: ServedTier) => tiers.find((one) => one.tier === tier)
	const [standard, flex, priority] = [find("default"), find("flex"), find("priority")]
	const pairs = standard
		? [
				[priority, standard],
				[flex, standard],
			]
		: [[priority, flex]]
	return pairs.flatMap(([one, other]) => (one && other ? [verdict(one, other)] : []))
}

function verdict(one: TierSpeeds, other: TierSpeeds): Verdict {
	const [first, otherFirst] = [one.firstTokenMs, other.firstTokenMs]
	const pair = { tier: one.tier, than: other.tier, counts: [first?.count ?? 0, otherFirst?.count ?? 0] } as const
	if (!isEnough(first) || !isEnough(otherFirst)) return { ...pair, kind: "too-few" }
	const earlierMs = otherFirst.median - first.median
	return {
		...pair,
		kind: "compared",
		earlierMs: Math.abs(earlierMs) < FELT_MS ? 0 : earlierMs,
		apart: areApart(first, otherFirst),
		speeds: comparedSpeeds(one.tokensPerSecond, other.tokensPerSecond),
		times: one.timesStandardCost && other.timesStandardCost && one.timesStandardCost / other.timesStandardCost,
		unlikePrompts: unlike(one.promptTokens, other.promptTokens),
	}
}

/** Whether its quartiles say something. */
export function isEnough(spread: Spread | null): spread is Spread {
	return spread !== null && spread.count >= MIN_COMPARED
}

function areApart(one: Spread, other: Spread): boolean {
	return one.to < other.from || other.to < one.from
}

function comparedSpeeds(one: Spread | null, other: Spread | null) {
	if (!isEnough(one) || !isEnough(other)) return null
	return { medians: [one.median, other.median], apart: areApart(one, other) } as const
}

function unlike(one: number | null, other: number | null): readonly [number, number] | null {
	if (one === null || other === null) return null
	return Math.max(one, other) > UNLIKE_TIMES * Math.min(one, other) ? [one, other] : null
}
