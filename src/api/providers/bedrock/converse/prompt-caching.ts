import type { CachePointBlock, ConverseStreamCommandInput, Message } from "@aws-sdk/client-bedrock-runtime"
import type { PromptCaching } from "@bedrock-tiers/core"
import type { CacheLifetime } from "@bedrock-tiers/protocol"

/**
 * The newest user turn, and the one before it, which was the newest of the previous request: there the cache is hit.
 */
const POINTS_IN_MESSAGES = 2
/**
 * A low estimate to be on the safe side: Bedrock ignores a cache point with too few tokens before it, but a missing
 * cache point costs money.
 */
const CHARACTERS_PER_TOKEN = 3

/**
 * Adds cache points to the prompt: after the tools, after the system prompt, and after the last two user turns, as far
 * as the model supports caching there and has points left. The positions depend on the turns alone, so that the next
 * request of the same conversation finds what this one wrote.
 */
export function withCachePoints(
	input: ConverseStreamCommandInput,
	limits: PromptCaching | null | undefined,
	lifetime: CacheLifetime,
): ConverseStreamCommandInput {
	if (!limits || lifetime === "off") return input
	const cachePoint: CachePointBlock = {
		type: "default",
		...(lifetime === "1h" && limits.lifetimes.includes("1h") ? { ttl: "1h" } : {}),
	}
	let points = limits.maxPoints
	let characters = 0
	/** Adds `part` to the prompt so far and returns whether a cache point may follow it. */
	const isWorthwhile = (part: unknown, field: PromptCaching["fields"][number]): boolean => {
		characters += lengthOf(part)
		const enough = characters / CHARACTERS_PER_TOKEN >= limits.minTokens
		return enough && points > 0 && limits.fields.includes(field)
	}
	const { toolConfig, system, messages = [] } = input
	const marked: { -readonly [K in keyof ConverseStreamCommandInput]: ConverseStreamCommandInput[K] } = { ...input }
	// Bedrock's own order is tools, system, messages.
	if (toolConfig?.tools && isWorthwhile(toolConfig.tools, "tools")) {
		marked.toolConfig = { ...toolConfig, tools: [...toolConfig.tools, { cachePoint }] }
		points -= 1
	}
	if (system && isWorthwhile(system, "system")) {
		marked.system = [...system, { cachePoint }]
		points -= 1
	}
	const userTurns = messages.flatMap(({ role }, index) => (role === "user" ? [index] : []))
	const availablePoints = Math.min(POINTS_IN_MESSAGES, points)
	const newest = new Set(availablePoints > 0 ? userTurns.slice(-availablePoints) : [])
	marked.messages = messages.map((message, index): Message => {
		const worthwhile = isWorthwhile(message.content, "messages")
		if (!newest.has(index) || !worthwhile) return message
		points -= 1
		return { ...message, content: [...(message.content ?? []), { cachePoint }] }
	})
	return marked
}

/** Counts the characters of text, and each byte (e.g. of an image) as one character. */
function lengthOf(part: unknown): number {
	if (typeof part === "string") return part.length
	if (part instanceof Uint8Array) return part.length
	if (typeof part !== "object" || part === null) return 0
	return Object.values(part).reduce<number>((sum, value) => sum + lengthOf(value), 0)
}
