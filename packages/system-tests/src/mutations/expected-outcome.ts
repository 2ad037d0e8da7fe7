import {
	COUNTED,
	type Content,
	type Counts,
	type Fixture,
	type Frame,
} from "@bedrock-tiers/test-kit/samples/response-fixture"
import type { Mutation } from "@bedrock-tiers/test-kit/samples/response-mutations"

/** Outcome of a request as its caller sees it. */
export type Outcome = {
	/** Content chunks from the model; consecutive texts of one kind are joined. */
	readonly content: readonly object[]
	/** Failure code; `null` when the request succeeded. */
	readonly failure: string | null
	/** `null` when Bedrock refused the request. */
	readonly usage: ExpectedUsage | null
}

export type ExpectedUsage = {
	/** `null` when Bedrock reported no usage. */
	readonly tokens: Counts | null
	/** `null` exactly when `tokens` is `null`. */
	readonly totalUsd: number | null
	readonly knownUsd: number
	readonly unpricedReason: "usage-not-reported" | null
	readonly servedTier: string | null
	readonly stopReason: string | null
}

/** Failure codes of AWS's exceptions. */
const EXCEPTION_CODES: Readonly<Record<string, string>> = {
	internalServerException: "unknown",
	modelStreamErrorException: "unknown",
	validationException: "bad-input",
	throttlingException: "quota-throttled",
	modelTimeoutException: "capacity-refused",
	serviceUnavailableException: "capacity-refused",
}

/**
 * @returns the only correct outcome, derived from the frames that arrive:
 * - A response whose message stop has arrived is complete. A fault after that can only lose the token counts.
 * - An exception always determines the failure. As the first frame it is a refusal, which costs nothing.
 * - Only the last usage report counts.
 */
export function expectedOutcome(fixture: Fixture, { arrives, exception, ending }: Mutation): Outcome {
	const stopReason = last(arrives.map(({ metadata }) => metadata?.stopReason)) ?? null
	const refused = exception !== undefined && arrives.length === 0
	const breaks = ending === "silence" ? "timeout" : "stream-incomplete"
	const broken = stopReason === null ? breaks : null
	return {
		content: contentOf(arrives),
		failure: exception === undefined ? broken : (EXCEPTION_CODES[exception] ?? null),
		usage: refused ? null : usageOf(fixture, arrives, stopReason),
	}
}

/**
 * @returns every acceptable outcome. A reset may discard bytes that were sent before it, and the idle limit may expire
 * early, so any prefix of the frames may be all that arrives.
 */
export function possibleOutcomes(fixture: Fixture, mutation: Mutation): Outcome[] {
	if (mutation.ending === "end") return [expectedOutcome(fixture, mutation)]
	return [...mutation.arrives.keys(), mutation.arrives.length].map((count) =>
		expectedOutcome(fixture, { ...mutation, arrives: mutation.arrives.slice(0, count) }),
	)
}

const ZERO_COUNTS: Counts = {
	inputTokens: 0,
	outputTokens: 0,
	cacheReadTokens: 0,
	cacheWriteTokens: 0,
	cacheWrite1hTokens: 0,
}

function usageOf(fixture: Fixture, arrives: readonly Frame[], stopReason: string | null): ExpectedUsage {
	const tokens = reportedCounts(arrives)
	const servedTier = last(arrives.map(({ metadata }) => metadata?.servedTier)) ?? fixture.headerTier
	const totalUsd = tokens && costUsd(fixture, tokens)
	return {
		tokens,
		totalUsd,
		knownUsd: totalUsd ?? 0,
		unpricedReason: tokens ? null : "usage-not-reported",
		servedTier,
		stopReason,
	}
}

function reportedCounts(arrives: readonly Frame[]): Counts | null {
	let soFar: Partial<Counts> = {}
	let modelCounts: Counts | null = null
	for (const { metadata } of arrives) {
		soFar = { ...soFar, ...metadata?.modelCounts }
		if (metadata?.countsComplete && soFar.inputTokens !== undefined && soFar.outputTokens !== undefined)
			modelCounts = { ...ZERO_COUNTS, ...(soFar as Counts) }
	}
	return modelCounts ?? last(arrives.map(({ metadata }) => metadata?.bedrockCounts)) ?? null
}

function costUsd({ usdPerMTok }: Fixture, tokens: Counts): number {
	const amounts = {
		input: tokens.inputTokens,
		output: tokens.outputTokens,
		cacheRead: tokens.cacheReadTokens,
		cacheWrite: tokens.cacheWriteTokens - tokens.cacheWrite1hTokens,
		cacheWrite1h: tokens.cacheWrite1hTokens,
	}
	return COUNTED.reduce((sum, kind) => sum + (amounts[kind] * (usdPerMTok[kind] ?? 0)) / 1_000_000, 0)
}

function contentOf(arrives: readonly Frame[]): object[] {
	let hasAnswerStarted = false
	const received: Content[] = []
	for (const { textAfterAnswerStart: text, ...chunk } of arrives.flatMap(({ content = [] }) => content)) {
		hasAnswerStarted ||= chunk.type === "text"
		received.push(hasAnswerStarted && text !== undefined ? { type: "text", text } : (chunk as Content))
	}
	return joinTexts(received)
}

/** Joins consecutive texts of one kind, because the boundaries between text chunks are not specified. */
export function joinTexts(chunks: readonly object[]): object[] {
	const joined: object[] = []
	for (const chunk of chunks) {
		const previous = joined.at(-1)
		if (isText(chunk) && previous && isText(previous) && previous.type === chunk.type)
			joined[joined.length - 1] = { ...previous, text: previous.text + chunk.text }
		else joined.push(chunk)
	}
	return joined
}

function isText(chunk: object): chunk is { type: string; text: string } {
	return "text" in chunk
}

function last<Value>(values: readonly (Value | undefined)[]): Value | undefined {
	return values.findLast((value) => value !== undefined)
}
