import type { PriceField, SelectableTier } from "@bedrock-tiers/core"

/** Meters that are in the list but are not a price of a token that this project prices. */
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
 * `regional`: what in-region calls and geographic profiles are billed by. `geo`: geographic profiles alone.
 * `global`: the global profile.
 */
export type Meter = "regional" | "geo" | "global"

/** What a usage type says. */
export type UsageType = {
	/** As the list writes it; null where the usage type does not name the model (AmazonBedrockFoundationModels). */
	readonly modelName: string | null
	readonly direction: PriceField
	readonly tier: SelectableTier
	readonly meter: Meter
	/** The price of prompts beyond the model's long-context step. */
	readonly longContext: boolean
}

export type ParsedUsageType =
	| { readonly kind: "tokens"; readonly usage: UsageType }
	| { readonly kind: "left-out"; readonly reason: LeftOutReason }
	/** A token meter, as it seems, in a form that is not known. */
	| { readonly kind: "unknown-form" }

const LEFT_OUT: readonly (readonly [LeftOutReason, RegExp])[] = [
	["custom-model", /custom-?model|customi[sz]ation|training|optimizeprompt|(^|[-_])rft([-_]|$)/i],
	["provisioned-throughput", /provisioned/i],
	["reserved", /reserved|tpm([-_]|$)|tokens-per-minute/i],
	["batch", /batch/i],
	["latency-optimized", /latency[-_]?optimized/i],
	["not-text", /(^|[-_]|input|output)(images?|audio|video|speech)([-_]|token|count|second|$)/i],
]

/** `USE1-<model>[-mantle]-<words>`: the offer AmazonBedrock. */
const BEDROCK = /^[A-Z]{2}[A-Z0-9]{0,3}-(?<model>.+?)-(?:mantle-)?(?<words>(?:text-)?(?:input|output|cache)-.+)$/
/** `USE1-MP:USE1_<words>-Units`: the offer AmazonBedrockFoundationModels. */
const MARKETPLACE = /^(?:[A-Z][A-Z0-9]{1,4}-MP:)?(?:[A-Z][A-Z0-9]{1,4}_)?(?<words>[A-Za-z0-9_]+)-Units$/

const TIERS: Readonly<Record<string, SelectableTier>> = {
	// The price list says standard, the API default.
	standard: "default",
	flex: "flex",
	priority: "priority",
}

/**
 * Parses a usage type of either offer. The usage type is the only attribute that says everything: the others are
 * missing for most products.
 * Source: usage types of AWS's price list as seen in 2026; AWS user guide, "Understanding your Bedrock CUR data".
 */
export function parseUsageType(usageType: string): ParsedUsageType {
	for (const [reason, pattern] of LEFT_OUT) if (pattern.test(usageType)) return { kind: "left-out", reason }
	if (!/token/i.test(usageType)) return { kind: "left-out", reason: "not-tokens" }
	const bedrock = BEDROCK.exec(usageType)?.groups
	const marketplace = bedrock ? undefined : MARKETPLACE.exec(usageType)?.groups
	const meaning = readWords(wordsOf(bedrock?.words ?? marketplace?.words ?? ""))
	if (!meaning) return { kind: "unknown-form" }
	return { kind: "tokens", usage: { modelName: bedrock?.model ?? null, ...meaning } }
}

/** "CacheWrite1hInputTokenCount_Global" and "cache-write-tokens-1h-global-standard" as words. */
function wordsOf(text: string): string[] {
	return text
		.replace(/([a-z])([A-Z0-9])/g, "$1-$2")
		.replace(/(long)[-_](ctx|context)|LCtx/gi, "longcontext")
		.replace(/cross[-_]region[-_]global/gi, "global")
		.toLowerCase()
		.split(/[-_]/)
		.filter((word) => word !== "")
}

/** Every word must be known and be said once: a new word is a new kind of price, not one to be guessed. */
function readWords(words: readonly string[]): Omit<UsageType, "modelName"> | null {
	const rest = new Set(words)
	if (rest.size !== words.length) return null
	const has = (word: string) => rest.delete(word)
	const tokens = ["tokens", "token"].filter(has)
	has("count")
	has("text")
	const direction = readDirection(has)
	const tier = Object.keys(TIERS).filter(has)
	const meters = (["geo", "global"] as const).filter(has)
	const longContext = has("longcontext")
	if (direction === null || tokens.length !== 1 || tier.length > 1 || meters.length > 1 || rest.size > 0) return null
	return { direction, tier: TIERS[tier[0] ?? "standard"] ?? "default", meter: meters[0] ?? "regional", longContext }
}

function readDirection(has: (word: string) => boolean): PriceField | null {
	const cache = has("cache")
	const cached = has("cached")
	const read = has("read")
	const write = has("write")
	const input = has("input")
	const output = has("output")
	if (cached) return input && !cache && !read && !write && !output ? "cacheRead" : null
	if (!cache) return read || write || input === output ? null : input ? "input" : "output"
	if (output || read === write) return null
	if (read) return "cacheRead"
	// A model's ordinary lifetime is 5 minutes, or 30 where it caches so.
	const lifetimes = ["5m", "30m", "1h"].filter(has)
	if (lifetimes.length > 1) return null
	return lifetimes[0] === "1h" ? "cacheWrite1h" : "cacheWrite"
}
