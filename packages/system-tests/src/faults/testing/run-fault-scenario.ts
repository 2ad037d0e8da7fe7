import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { RequestApi } from "@bedrock-tiers/core"
import { answerText, HTTP_PROTOCOLS, type HttpProtocol, type TaskUsage } from "@bedrock-tiers/protocol"
import { describe, expect, it, type TestContext } from "vitest"
import type { BedrockHandlerOptions } from "../../../../../src/api/providers/bedrock/handler-options"
import type { SessionUnderTest, SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/** What a fault cost, by the ledger. */
export type Cost =
	/** Nothing left this machine. */
	| "not-sent"
	/** Bedrock said no so many times. */
	| { readonly refused: number }
	/** Sent, and no answer came. */
	| "unanswered"
	/** Accepted, and Bedrock reported no usage. */
	| "unknown"
	/** Accepted and priced: $0.000105 on Flex, $0.00021 on Standard. */
	| { readonly usd: number }

/** What is expected of one question that met a fault. */
export type Expected = {
	/** Title and sentence, as the person reads them; null = the answer is whole. */
	readonly sees: string | null
	readonly costs: Cost
	/** What of the answer is kept; absent = nothing came. */
	readonly answer?: string | RegExp
	/** Nothing tells that something is wrong, so the idle limit must: it is a second then. */
	readonly silent?: true
}

/** In no message, no file: planted in every request. */
export const CANARY = "canary-key-0123456789"
export const KEY = { method: "api-key", apiKey: CANARY } as const
const IDLE_LIMIT_MS = 1_000
/** Far above what any fault takes, also on a busy machine. */
const HANG_MS = 15_000

const WORDS = JSON.parse(
	readFileSync(join(import.meta.dirname, "../../../../../webview-ui/src/locales/en.json"), "utf8"),
) as { failure: Record<string, { title: string }>; tier: Record<string, string> }

/**
 * A good question, one that meets the fault, and a good one again, in a chat on Flex; then the window is reloaded. Holds what
 * is the same in every fault: one message, no hang, every question kept, the ledger right, the next request works.
 */
export async function runFaultScenario(
	test: SessionUnderTest,
	{
		http,
		api,
		arrange,
	}: { readonly http: HttpProtocol; readonly api: RequestApi; readonly arrange: Fault["arrange"] },
	expected: Expected,
): Promise<void> {
	const good = { credentials: KEY, backoffMs: 1 }
	test.connection = good
	const window = await test.ready()
	await window.save({ serviceTier: "flex", http, api, whenTierCannotServe: "ask" })
	await window.send("Before")
	const before = window.lastAnswer().usage

	const limit = expected.silent ? { idleLimitMs: IDLE_LIMIT_MS } : {}
	test.connection = { ...good, ...limit, ...(await arrange(http)) }
	window.posted.length = 0
	await within(HANG_MS, window.send("During"))
	const { message, usage, busy } = window.lastAnswer()
	expect(busy).toBe(false)
	expect(seenBy(window, test.problems)).toEqual(expected.sees === null ? [] : [expected.sees])
	expect(message.status).toBe(expected.sees === null ? "complete" : "failed")
	expect(answerText(message.parts)).toEqual(
		expected.answer instanceof RegExp ? expect.stringMatching(expected.answer) : (expected.answer ?? ""),
	)
	expect(taken(before, usage)).toEqual(expectedTaken(expected.costs))

	test.emulator.setScenario("served-as-asked")
	test.connection = good
	await window.send("After")
	const after = window.lastAnswer()
	expect(after.message).toMatchObject({ status: "complete", request: { totalUsd: expect.closeTo(0.000105, 12) } })
	expect(taken(usage, after.usage)).toEqual(expectedTaken({ usd: 0.000105 }))

	const { chat } = (await test.ready()).state()
	const questions = chat.messages.flatMap((each) => (each.role === "user" ? [each.text] : []))
	expect(questions).toEqual(["Before", "During", "After"])
	expect(chat.usage).toEqual(after.usage)
	expect(JSON.stringify([window.posted, chat, test.problems])).not.toMatch(/canary/i)
}

/** Everything that the person is told of: the answer's failure, refusals, problems of the window. */
export function seenBy({ posted }: SessionWindow, problems: readonly string[]): string[] {
	const failures = new Map<string, string>()
	for (const message of posted) {
		if (message.type !== "message" || message.message.role !== "assistant" || !message.message.error) continue
		const { id, error, failedAttempts, request } = message.message
		const last = failedAttempts?.at(-1)
		const tier = last?.nextTier === null ? (last.sentTier ?? "default") : request?.requestedTier
		const title = WORDS.failure[error.code]?.title ?? "?"
		failures.set(id, `${title.replace("{{tier}}", WORDS.tier[tier ?? ""] ?? "the tier")} ${error.message}`)
	}
	const refused = posted.flatMap((message) => (message.type === "refused" ? [message.message] : []))
	const seen = [...failures.values(), ...refused, ...problems]
	for (const sentence of seen) expectClear(sentence)
	return seen
}

function expectClear(sentence: string): void {
	expect(sentence).not.toMatch(/\n| at .+:\d+:\d+|node:|\[object|undefined|NaN|(^|\s)\w*Error: |canary/)
	expect(sentence.length).toBeLessThan(500)
	expect(sentence).toMatch(/^[A-Z].*(\.|\.damaged)$/)
}

/** Rejects when it takes longer: then something hangs. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined
	const hang = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`hangs: not over after ${ms} ms`)), ms)
	})
	try {
		return await Promise.race([work, hang])
	} finally {
		clearTimeout(timer)
	}
}

/** What came to the ledger between two states of it. */
export function taken(before: TaskUsage, after: TaskUsage) {
	return {
		requests: after.total.requests - before.total.requests,
		unpriced: after.total.unpricedRequests - before.total.unpricedRequests,
		usd: Number((after.total.knownUsd - before.total.knownUsd).toFixed(12)),
		refused: after.failed.refused - before.failed.refused,
		unanswered: after.failed.unanswered - before.failed.unanswered,
	}
}

export function expectedTaken(cost: Cost): ReturnType<typeof taken> {
	const nothing = { requests: 0, unpriced: 0, usd: 0, refused: 0, unanswered: 0 }
	if (cost === "not-sent") return nothing
	if (cost === "unanswered") return { ...nothing, unanswered: 1 }
	if (cost === "unknown") return { ...nothing, requests: 1, unpriced: 1 }
	return "refused" in cost ? { ...nothing, refused: cost.refused } : { ...nothing, requests: 1, usd: cost.usd }
}

/** A line of the table: what is checked. */
export type Row = { readonly fault: string; readonly http?: HttpProtocol; readonly sees: string; readonly kept: string }

/** Puts the line into the results, whether the test passes or not. */
export function report({ task }: TestContext, row: Row): void {
	Object.assign(task.meta, { row })
}

/** A fault of the connection or of the answer. */
export type Fault = Expected & {
	/** Makes it; what is given back stands for the connection. */
	readonly arrange: (http: HttpProtocol) => Promise<Partial<BedrockHandlerOptions>> | Partial<BedrockHandlerOptions>
	/** Where HTTP/1.1 shows it otherwise; null = it does not exist there. */
	readonly http1?: Partial<Expected> | null
}

/** A test for each fault over each protocol. */
export function faults(
	test: SessionUnderTest,
	table: Readonly<Record<string, Fault>>,
	api: RequestApi = "converse",
): void {
	describe.each(HTTP_PROTOCOLS.map((http) => [http] as const))("Over %s", (http) => {
		for (const [name, { arrange, http1, ...same }] of Object.entries(table)) {
			if (http === "http1" && http1 === null) continue
			const expected = http === "http1" ? { ...same, ...http1 } : same
			it(name, async (context) => {
				report(context, { fault: name, http, sees: expected.sees ?? WHOLE, kept: storedSummary(expected) })
				await runFaultScenario(test, { http, api, arrange }, expected)
			})
		}
	})
}

export const WHOLE = "The whole answer."

function storedSummary({ sees, costs, answer }: Expected): string {
	const came = sees === null ? "question, answer" : "question, what came of the answer"
	const kept = answer === undefined ? "question" : came
	if (costs === "not-sent") return `${kept}; nothing was sent`
	if (costs === "unanswered") return `${kept}; 1 attempt, whether it was billed is not known`
	if (costs === "unknown") return `${kept}; 1 request, its cost is not known`
	if ("usd" in costs) return "question, answer; 1 request with its cost"
	return `${kept}; ${costs.refused} refused, nothing billed`
}
