import type { ConverseRequest } from "./converse-shape"

/** Token counts that a test defines. */
export type FixedUsage = {
	inputTokens: number
	outputTokens: number
	cacheReadInputTokens?: number
	cacheWriteInputTokens?: number
	/** Subset of `cacheWriteInputTokens` written with a 1-hour TTL. */
	cacheWrite1hInputTokens?: number
}

/** `usage` as Bedrock sends it. `inputTokens` counts uncached tokens only; the total counts all four. */
export type TokenUsage = Required<Omit<FixedUsage, "cacheWrite1hInputTokens">> & {
	totalTokens: number
	cacheDetails?: { ttl: "5m" | "1h"; inputTokens: number }[]
}

export const CHARACTERS_PER_TOKEN = 4

/** Estimates one token per four characters, at least one: rough, but the same in every run. */
export function countTokens(text: string): number {
	return Math.max(1, Math.ceil(text.length / CHARACTERS_PER_TOKEN))
}

export function completeUsage(usage: FixedUsage): TokenUsage {
	const { inputTokens, outputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage
	const { cacheWrite1hInputTokens: oneHour = 0 } = usage
	const cacheDetails = [
		{ ttl: "5m", inputTokens: cacheWriteInputTokens - oneHour } as const,
		{ ttl: "1h", inputTokens: oneHour } as const,
	].filter(({ inputTokens }) => inputTokens > 0)
	return {
		inputTokens,
		outputTokens,
		totalTokens: inputTokens + outputTokens + cacheReadInputTokens + cacheWriteInputTokens,
		cacheReadInputTokens,
		cacheWriteInputTokens,
		...(cacheDetails.length > 0 && { cacheDetails }),
	}
}

/** The input that the model would read as text: texts, tool calls and tool results, without images and documents. */
export function inputText({ system = [], messages }: ConverseRequest): string {
	const blocks = [...system, ...messages.flatMap(({ content }) => content)]
	return blocks
		.map((block) => {
			if (typeof block.text === "string") return block.text
			const tool = "toolUse" in block || "toolResult" in block ? (block.toolUse ?? block.toolResult) : undefined
			return tool === undefined ? "" : JSON.stringify(tool)
		})
		.join("")
}
