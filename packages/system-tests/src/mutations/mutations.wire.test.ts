import { HTTP_PROTOCOLS } from "@bedrock-tiers/protocol"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ApiStreamChunk, UsageChunk } from "../../../../src/api/provider-contract"
import { ProviderFailure } from "../../../../src/api/provider-failure"
import { AwsBedrockHandler } from "../../../../src/api/providers/bedrock/bedrock-handler"
import { joinTexts, possibleOutcomes, type ExpectedUsage, type Outcome } from "./expected-outcome"
import { FIXTURES, readFixture, type Fixture } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { MUTATIONS, type Mutation } from "@bedrock-tiers/test-kit/samples/response-mutations"
import { startPlayback, type Playback } from "@bedrock-tiers/test-kit/servers/playback"

/**
 * Answers in AWS's documented shapes, changed in every way that a wire, a proxy or AWS may change them, at every place,
 * over a real socket to the real SDK: each ends in the one outcome that follows from what arrived. They were written by
 * hand; that AWS sends just these bytes, no test here can show.
 */

/** Far above what any case takes; beyond it a request hangs. */
const HANG_MS = 10_000
const TOGETHER = 8
/** Long enough for a busy machine to bring what was sent. */
const IDLE_LIMIT_MS = 500
const casesRun: number[] = []

describe.each(HTTP_PROTOCOLS.map((http) => [http] as const))("Over %s", (http) => {
	let playback: Playback
	beforeAll(async () => {
		playback = await startPlayback(http)
	})
	afterAll(() => playback.close())

	describe.each(FIXTURES.map((name) => [name, readFixture(name)] as const))("%s", (_, fixture) => {
		function handlerOf(options: { idleLimitMs?: number } = {}) {
			return new AwsBedrockHandler({
				...options,
				region: "us-east-1",
				modelId: fixture.modelId,
				route: "auto",
				serviceTier: fixture.serviceTier,
				api: fixture.api,
				credentials: { method: "api-key", apiKey: "test-key" },
				endpoint: playback.url,
				http,
				maxAttempts: 1,
				applicationId: "mutation-test",
			})
		}

		const headers = {
			"content-type": "application/vnd.amazon.eventstream",
			...(fixture.headerTier ? { "x-amzn-bedrock-service-tier": fixture.headerTier } : {}),
		}

		it.each(Object.entries(MUTATIONS))("whose answer: %s", async (_, mutate) => {
			const mutations = mutate(fixture)
			casesRun.push(mutations.length)
			const silent = mutations[0]?.ending === "silence"
			const shared = handlerOf(silent ? { idleLimitMs: IDLE_LIMIT_MS } : {})
			const wrong = await each(mutations, silent ? mutations.length : TOGETHER, async (mutation) => {
				// What takes a connection away takes it from all that is on it.
				const handler = mutation.ending === "drop" ? handlerOf() : shared
				try {
					const outcome = await withinTime(play(handler, playback.enqueue(mutation, headers)))
					return mismatch(fixture, mutation, outcome)
				} finally {
					if (handler !== shared) handler.dispose()
				}
			})
			shared.dispose()
			expect(wrong).toEqual([])
		})
	})
})

it("There are 4,478 such answers", () => {
	expect(casesRun.reduce((sum, count) => sum + count, 0)).toBe(4_478)
})

/** Everything a caller sees of one request, and that nothing comes after its end. */
async function play(handler: AwsBedrockHandler, word: string): Promise<Outcome | string> {
	const chunks: ApiStreamChunk[] = []
	const stream = handler.createMessage("", [{ role: "user", content: word }])
	let failure: string | null = null
	try {
		for (let next = await stream.next(); !next.done; next = await stream.next()) chunks.push(next.value)
	} catch (error) {
		if (!ProviderFailure.is(error)) return `not classified: ${String(error)}`
		failure = error.code
	}
	if (!(await stream.next()).done) return "something came after the end"
	const usages = chunks.filter((chunk) => chunk.type === "usage")
	if (usages.length > 1) return `${usages.length} usage chunks`
	if (usages[0] && chunks.at(-1) !== usages[0]) return "the usage is not the last chunk"
	const content = joinTexts(chunks.filter((chunk) => chunk.type !== "usage"))
	return { content, failure, usage: usages[0] ? seen(usages[0]) : null }
}

function seen(chunk: UsageChunk): ExpectedUsage {
	const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens } = chunk
	const counts = { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens }
	const none = Object.values(counts).every((count) => count === null)
	return {
		// One null among numbers is no count at all, and shows as a mismatch.
		tokens: none ? null : (counts as NonNullable<ExpectedUsage["tokens"]>),
		totalUsd: chunk.totalCost,
		knownUsd: chunk.knownUsd,
		unpricedReason: chunk.unpricedReason as ExpectedUsage["unpricedReason"],
		servedTier: chunk.servedTier,
		stopReason: chunk.stopReason,
	}
}

function mismatch(fixture: Fixture, mutation: Mutation, outcome: Outcome | string): object[] {
	const possible = possibleOutcomes(fixture, mutation).map(plain)
	if (typeof outcome !== "string" && possible.includes(plain(outcome))) return []
	return [{ mutation: mutation.name, expected: possible.at(-1), got: plain(outcome) }]
}

/** Money to a millionth of a millionth of a dollar: sums of the same lines may differ by their order. */
function plain(outcome: Outcome | string): string {
	const round = (key: string, value: unknown) =>
		key.endsWith("Usd") && typeof value === "number" ? value.toFixed(12) : value
	return JSON.stringify(outcome, round)
}

async function withinTime(outcome: Promise<Outcome | string>): Promise<Outcome | string> {
	let timer: NodeJS.Timeout | undefined
	const hang = new Promise<string>((resolve) => (timer = setTimeout(() => resolve("hangs"), HANG_MS)))
	try {
		return await Promise.race([outcome, hang])
	} finally {
		clearTimeout(timer)
	}
}

async function each<Item, Found>(
	items: readonly Item[],
	together: number,
	run: (item: Item) => Promise<Found[]>,
): Promise<Found[]> {
	const waiting = [...items]
	const found: Found[] = []
	const worker = async () => {
		for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) found.push(...(await run(item)))
	}
	await Promise.all(Array.from({ length: together }, worker))
	return found
}
