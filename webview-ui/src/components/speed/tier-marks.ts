import type { ServedTier } from "@bedrock-tiers/core"

/** How a tier is drawn. Shape and dashes differ too, so that no tier is identified by colour alone. */
export type TierMark = {
	/** SVG path around 0, 0, from -1 to 1. */
	readonly shape: string
	/** Dash pattern of the median line, in CSS pixels; empty for a solid line. */
	readonly dash: readonly number[]
	/** CSS custom property that has the colour. */
	readonly colour: `--${string}`
}

const CIRCLE = "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z"
const SQUARE = "M-.85 -.85H.85V.85H-.85Z"
const TRIANGLE = "M0 -1.1L1.1 .9H-1.1Z"
const DIAMOND = "M0 -1.2L1.2 0L0 1.2L-1.2 0Z"

const MARKS: Readonly<Record<string, TierMark>> = {
	default: { shape: CIRCLE, dash: [], colour: "--speed-default" },
	flex: { shape: SQUARE, dash: [2, 3], colour: "--speed-flex" },
	priority: { shape: TRIANGLE, dash: [8, 4], colour: "--speed-priority" },
}
const OTHER: TierMark = { shape: DIAMOND, dash: [8, 3, 2, 3], colour: "--speed-other" }

export function tierMark(tier: ServedTier): TierMark {
	return MARKS[tier] ?? OTHER
}
