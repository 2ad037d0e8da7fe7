import { HTTP_PROTOCOLS } from "@bedrock-tiers/protocol"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ApiStreamChunk, UsageChunk } from "../../../../src/api/provider-contract"
import { ProviderFailure } from "../../../../src/api/provider-failure"
import { AwsBedrockHandler } from "../../../../src/api/providers/bedrock/bedrock-handler"
import { joinTexts, possibleOutcomes, type ExpectedUsage, type Outcome } from "./expected-outcome"
import { sample } from "@bedrock-tiers/test-kit/sampling"
import { FIXTURES, readFixture, type Fixture } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { MUTATIONS, type Mutation } from "@bedrock-tiers/test-kit/samples/response-mutations"
import { startPlayback, type Playback } from "@bedrock-tiers/test-kit/servers/playback"

/**
 * Responses in AWS's documented formats, changed at every position in every way that the network, a proxy or AWS may
 * change them, sent over a real socket to the real SDK. Each request must end with the outcome that follows from the
 * frames that arrived. `npm test` sends a sample of them. The responses are written by hand, so these tests cannot show
 * that AWS sends exactly these bytes.
 */

/** Far longer than any case takes. A request that takes longer hangs. */
const HANG_MS = 120_000
const CONCURRENCY = 8
/** Long enough for all sent bytes to arrive, even on a busy machine. */
const IDLE_LIMIT_MS = 500
let caseCount = 0

describe.each(HTTP_PROTOCOLS.map((http) => [http] as const))("Bedrock handler over %s", (http) => {
	let playback: Playback
	beforeAll(async () => {
		playback = await startPlayback(http)
	})
	afterAll(() => playback.close())

	describe.each(FIXTURES.map((name) => [name, readFixture(name)] as const))("with the response %s", (_, fixture) => {
		function createHandler(options: { idleLimitMs?: number } = {}) {
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

		it.each(Object.entries(MUTATIONS))("ends with the expected outcome when the response %s", async (_, mutate) => {
			const all = mutate(fixture)
			caseCount += all.length
			const mutations = sample(all)
			const silent = mutations[0]?.ending === "silence"
			const shared = createHandler(silent ? { idleLimitMs: IDLE_LIMIT_MS } : {})
			const mismatches = await runAll(mutations, silent ? mutations.length : CONCURRENCY, async (mutation) => {
				// A dropped connection breaks every request on it, so these mutations do not share a handler.
				const handler = mutation.ending === "drop" ? createHandler() : shared
				try {
					const outcome = await withTimeout(sendRequest(handler, playback.enqueue(mutation, headers)))
					return findMismatch(fixture, mutation, outcome)
				} finally {
					if (handler !== shared) handler.dispose()
				}
			})
			shared.dispose()
			expect(mismatches).toEqual([])
		})
	})
})

it("The mutations yield 4,478 changed responses", () => {
	expect(caseCount).toBe(4_478)
})

/**
 * Sends a request.
 * @returns its outcome, or a text when the stream breaks the provider contract, e.g. continues after its end
 */
async function sendRequest(handler: AwsBedrockHandler, marker: string): Promise<Outcome | string> {
	const chunks: ApiStreamChunk[] = []
	const stream = handler.createMessage("", [{ role: "user", content: marker }])
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
	return { content, failure, usage: usages[0] ? toExpectedUsage(usages[0]) : null }
}

function toExpectedUsage({ record, stopReason }: UsageChunk): ExpectedUsage {
	const { usage, totalUsd, knownUsd, servedTier } = record
	return {
		tokens: usage && { ...usage, cacheWrite1hTokens: usage.cacheWrite1hTokens ?? 0 },
		totalUsd,
		knownUsd,
		unpricedReason: record.unpricedReason as ExpectedUsage["unpricedReason"],
		servedTier,
		stopReason,
	}
}

function findMismatch(fixture: Fixture, mutation: Mutation, outcome: Outcome | string): object[] {
	const possible = possibleOutcomes(fixture, mutation).map(serialize)
	if (typeof outcome !== "string" && possible.includes(serialize(outcome))) return []
	return [{ mutation: mutation.name, expected: possible.at(-1), got: serialize(outcome) }]
}

/** Serializes an outcome, with USD rounded to 12 decimals because the order of a sum changes its last digits. */
function serialize(outcome: Outcome | string): string {
	const round = (key: string, value: unknown) =>
		key.endsWith("Usd") && typeof value === "number" ? value.toFixed(12) : value
	return JSON.stringify(outcome, round)
}

async function withTimeout(outcome: Promise<Outcome | string>): Promise<Outcome | string> {
	let timer: NodeJS.Timeout | undefined
	const hang = new Promise<string>((resolve) => (timer = setTimeout(() => resolve("hangs"), HANG_MS)))
	try {
		return await Promise.race([outcome, hang])
	} finally {
		clearTimeout(timer)
	}
}

/**
 * Runs `run` for every item, `concurrency` at a time.
 * @returns all results
 */
async function runAll<Item, Result>(
	items: readonly Item[],
	concurrency: number,
	run: (item: Item) => Promise<Result[]>,
): Promise<Result[]> {
	const waiting = [...items]
	const results: Result[] = []
	const worker = async () => {
		for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) results.push(...(await run(item)))
	}
	await Promise.all(Array.from({ length: concurrency }, worker))
	return results
}
