import {
	COUNTED,
	type Content,
	type Counts,
	type Fixture,
	type Frame,
} from "@bedrock-tiers/test-kit/samples/response-fixture"
import type { Mutation } from "@bedrock-tiers/test-kit/samples/response-mutations"

/** How a request went, as its caller sees it. */
export type Outcome = {
	/** What the model said, with texts of one kind that follow each other joined. */
	readonly content: readonly object[]
	/** Null = ended well; else the one failure's code. */
	readonly failure: string | null
	/** Null = Bedrock refused, so there is none. */
	readonly usage: ExpectedUsage | null
}

export type ExpectedUsage = {
	/** Null = not reported. */
	readonly tokens: Counts | null
	/** Null exactly where the tokens are. */
	readonly totalUsd: number | null
	readonly knownUsd: number
	readonly unpricedReason: "usage-not-reported" | null
	readonly servedTier: string | null
	readonly stopReason: string | null
}

/** What AWS's exceptions mean. */
const EXCEPTION_CODES: Readonly<Record<string, string>> = {
	internalServerException: "unknown",
	modelStreamErrorException: "unknown",
	validationException: "bad-input",
	throttlingException: "quota-throttled",
	modelTimeoutException: "capacity-refused",
	serviceUnavailableException: "capacity-refused",
}

/**
 * The one right outcome, by the meaning of what arrives:
 * - whole is an answer whose stop has arrived; what breaks after that costs its numbers at most
 * - an exception is AWS's word, whenever it comes; before anything else it is a refusal, which costs nothing
 * - the last report of the usage counts, once
 */
export function expectedOutcome(fixture: Fixture, { arrives, exception, ending }: Mutation): Outcome {
	const stopReason = last(arrives.map(({ tells }) => tells?.stopReason)) ?? null
	const refused = exception !== undefined && arrives.length === 0
	const breaks = ending === "silence" ? "timeout" : "stream-incomplete"
	const broken = stopReason === null ? breaks : null
	return {
		content: saidBy(arrives),
		failure: exception === undefined ? broken : (EXCEPTION_CODES[exception] ?? null),
		usage: refused ? null : usageOf(fixture, arrives, stopReason),
	}
}

/** A reset may take back what was sent before it, and a limit may be reached early: any beginning may be all that arrives. */
export function possibleOutcomes(fixture: Fixture, mutation: Mutation): Outcome[] {
	if (mutation.ending === "end") return [expectedOutcome(fixture, mutation)]
	return [...mutation.arrives.keys(), mutation.arrives.length].map((count) =>
		expectedOutcome(fixture, { ...mutation, arrives: mutation.arrives.slice(0, count) }),
	)
}

const NOTHING: Counts = {
	inputTokens: 0,
	outputTokens: 0,
	cacheReadTokens: 0,
	cacheWriteTokens: 0,
	cacheWrite1hTokens: 0,
}

function usageOf(fixture: Fixture, arrives: readonly Frame[], stopReason: string | null): ExpectedUsage {
	const tokens = reportedCounts(arrives)
	const servedTier = last(arrives.map(({ tells }) => tells?.servedTier)) ?? fixture.headerTier
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
	let own: Counts | null = null
	for (const { tells } of arrives) {
		soFar = { ...soFar, ...tells?.own }
		if (tells?.reports && soFar.inputTokens !== undefined && soFar.outputTokens !== undefined)
			own = { ...NOTHING, ...(soFar as Counts) }
	}
	return own ?? last(arrives.map(({ tells }) => tells?.bedrock)) ?? null
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

function saidBy(arrives: readonly Frame[]): object[] {
	let answering = false
	const said: Content[] = []
	for (const { inTheAnswer, ...content } of arrives.flatMap(({ brings = [] }) => brings)) {
		answering ||= content.type === "text"
		said.push(answering && inTheAnswer !== undefined ? { type: "text", text: inTheAnswer } : (content as Content))
	}
	return joinTexts(said)
}

/** Where a text is cut into chunks is nobody's promise. */
export function joinTexts(chunks: readonly object[]): object[] {
	const joined: object[] = []
	for (const chunk of chunks) {
		const before = joined.at(-1)
		if (isText(chunk) && before && isText(before) && before.type === chunk.type)
			joined[joined.length - 1] = { ...before, text: before.text + chunk.text }
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
