import type { PriceField, SelectableTier } from "@bedrock-tiers/core"

/** Reasons why a meter of the list is not a token price that this project uses. */
export const LEFT_OUT_REASONS = [
	"batch",
	"latency-optimized",
	"custom-model",
	"provisioned-throughput",
	"reserved",
	"not-text",
	"not-tokens",
	"other-region",
	"free",
] as const
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number]

/**
 * `regional`: bills in-region calls and geographic profiles. `geo`: bills geographic profiles only. `global`: bills the
 * global profile.
 */
export type Meter = "regional" | "geo" | "global"

/** The parts of a parsed usage type. */
export type UsageType = {
	/** As written in the list; `null` when the usage type has no model name (AmazonBedrockFoundationModels). */
	readonly modelName: string | null
	readonly direction: PriceField
	readonly tier: SelectableTier
	readonly meter: Meter
	/** Whether the price is for prompts above the model's long-context threshold. */
	readonly longContext: boolean
}

export type ParsedUsageType =
	| { readonly kind: "tokens"; readonly usage: UsageType }
	| { readonly kind: "left-out"; readonly reason: LeftOutReason }
	/** Probably a token meter, but in an unknown form. */
	| { readonly kind: "unknown-form" }

const LEFT_OUT: readonly (readonly [LeftOutReason, RegExp])[] = [
	["custom-model", /custom-?model|customi[sz]ation|training|optimizeprompt|(^|[-_])rft([-_]|$)/i],
	["provisioned-throughput", /provisioned/i],
	["reserved", /reserved|tpm([-_]|$)|tokens-per-minute/i],
	["batch", /batch/i],
	["latency-optimized", /latency[-_]?optimized/i],
	["not-text", /(^|[-_]|input|output)(images?|audio|video|speech)([-_]|token|count|second|$)/i],
]

/** Usage types of the offer AmazonBedrock: `USE1-<model>[-mantle]-<words>`. */
const BEDROCK = /^[A-Z]{2}[A-Z0-9]{0,3}-(?<model>.+?)-(?:mantle-)?(?<words>(?:text-)?(?:input|output|cache)-.+)$/
/** Usage types of the offer AmazonBedrockFoundationModels: `USE1-MP:USE1_<words>-Units`. */
const MARKETPLACE = /^(?:[A-Z][A-Z0-9]{1,4}-MP:)?(?:[A-Z][A-Z0-9]{1,4}_)?(?<words>[A-Za-z0-9_]+)-Units$/

const TIERS: Readonly<Record<string, SelectableTier>> = {
	// The price list uses "standard" for the tier that the API calls "default".
	standard: "default",
	flex: "flex",
	priority: "priority",
}

/**
 * Parses a usage type of either offer. Only this attribute has all information: most products lack the others.
 * Source: usage types of AWS's price list as seen in 2026; AWS user guide, "Understanding your Bedrock CUR data".
 */
export function parseUsageType(usageType: string): ParsedUsageType {
	for (const [reason, pattern] of LEFT_OUT) if (pattern.test(usageType)) return { kind: "left-out", reason }
	if (!/token/i.test(usageType)) return { kind: "left-out", reason: "not-tokens" }
	const bedrock = BEDROCK.exec(usageType)?.groups
	const marketplace = bedrock ? undefined : MARKETPLACE.exec(usageType)?.groups
	const meaning = parseWords(splitWords(bedrock?.words ?? marketplace?.words ?? ""))
	if (!meaning) return { kind: "unknown-form" }
	return { kind: "tokens", usage: { modelName: bedrock?.model ?? null, ...meaning } }
}

/** Splits texts such as "CacheWrite1hInputTokenCount_Global" or "cache-write-tokens-1h-global-standard" into words. */
function splitWords(text: string): string[] {
	return text
		.replace(/([a-z])([A-Z0-9])/g, "$1-$2")
		.replace(/(long)[-_](ctx|context)|LCtx/gi, "longcontext")
		.replace(/cross[-_]region[-_]global/gi, "global")
		.toLowerCase()
		.split(/[-_]/)
		.filter((word) => word !== "")
}

/** Every word must be known and occur once. An unknown word means a new kind of price, which must not be guessed. */
function parseWords(words: readonly string[]): Omit<UsageType, "modelName"> | null {
	const rest = new Set(words)
	if (rest.size !== words.length) return null
	const consume = (word: string) => rest.delete(word)
	const tokens = ["tokens", "token"].filter(consume)
	consume("count")
	consume("text")
	const direction = parseDirection(consume)
	const tier = Object.keys(TIERS).filter(consume)
	const meters = (["geo", "global"] as const).filter(consume)
	const longContext = consume("longcontext")
	if (direction === null || tokens.length !== 1 || tier.length > 1 || meters.length > 1 || rest.size > 0) return null
	return { direction, tier: TIERS[tier[0] ?? "standard"] ?? "default", meter: meters[0] ?? "regional", longContext }
}

function parseDirection(consume: (word: string) => boolean): PriceField | null {
	const cache = consume("cache")
	const cached = consume("cached")
	const read = consume("read")
	const write = consume("write")
	const input = consume("input")
	const output = consume("output")
	if (cached) return input && !cache && !read && !write && !output ? "cacheRead" : null
	if (!cache) return read || write || input === output ? null : input ? "input" : "output"
	if (output || read === write) return null
	if (read) return "cacheRead"
	// The standard cache lifetime is 5 minutes, or 30 minutes for some models.
	const lifetimes = ["5m", "30m", "1h"].filter(consume)
	if (lifetimes.length > 1) return null
	return lifetimes[0] === "1h" ? "cacheWrite1h" : "cacheWrite"
}
