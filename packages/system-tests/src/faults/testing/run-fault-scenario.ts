import { englishText } from "@bedrock-tiers/error-details"
import type { RequestApi } from "@bedrock-tiers/core"
import { answerText, HTTP_PROTOCOLS, type HttpProtocol, type TaskUsage } from "@bedrock-tiers/protocol"
import { describe, expect, it, type TestContext } from "vitest"
import type { BedrockHandlerOptions } from "../../../../../src/api/providers/bedrock/handler-options"
import type { SessionUnderTest, SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/** Effect of a fault on the usage ledger. */
export type Cost =
	/** No request was sent. */
	| "not-sent"
	/** Bedrock refused this number of attempts. */
	| { readonly refused: number }
	/** One attempt was sent and got no response. */
	| "unanswered"
	/** The request was accepted, and Bedrock reported no usage. */
	| "unknown"
	/** The request was accepted and priced: $0.000105 at Flex, $0.00021 at Standard. */
	| { readonly usd: number }

/** Expected outcome of one prompt that meets a fault. */
export type Expected = {
	/** Title and message that the user sees; `null` when the answer is complete. */
	readonly sees: string | null
	readonly costs: Cost
	/** Stored text of the answer; absent when none arrived. */
	readonly answer?: string | RegExp
	/** Only the idle limit detects the fault; the scenario sets it to one second. */
	readonly silent?: true
}

/** Secret in the credentials of every request. It must appear in no message and no file. */
export const CANARY = "canary-key-0123456789"
export const KEY = { method: "api-key", apiKey: CANARY } as const
const IDLE_LIMIT_MS = 1_000

/**
 * Sends three prompts in a chat at Flex, the second of which meets the fault, then reloads the window. Checks what must
 * hold for every fault: one message to the user, no hang, every prompt stored, a correct ledger, and a next request
 * that succeeds.
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
	await window.send("During")
	const { message, usage, busy } = window.lastAnswer()
	expect(busy).toBe(false)
	expect(shownMessages(window, test.problems)).toEqual(expected.sees === null ? [] : [expected.sees])
	expect(message.status).toBe(expected.sees === null ? "complete" : "failed")
	expect(answerText(message.parts)).toEqual(
		expected.answer instanceof RegExp ? expect.stringMatching(expected.answer) : (expected.answer ?? ""),
	)
	expect(usageDelta(before, usage)).toEqual(expectedUsageDelta(expected.costs))

	test.emulator.setScenario("served-as-asked")
	test.connection = good
	await window.send("After")
	const after = window.lastAnswer()
	expect(after.message).toMatchObject({ status: "complete", request: { totalUsd: expect.closeTo(0.000105, 12) } })
	expect(usageDelta(usage, after.usage)).toEqual(expectedUsageDelta({ usd: 0.000105 }))

	const { chat } = (await test.ready()).state()
	const questions = chat.messages.flatMap((each) => (each.role === "user" ? [each.text] : []))
	expect(questions).toEqual(["Before", "During", "After"])
	expect(chat.usage).toEqual(after.usage)
	expect(JSON.stringify([window.posted, chat, test.problems])).not.toMatch(/canary/i)
}

/** @returns every message shown to the user: failures of answers, refusals, problems that the window reported */
export function shownMessages({ posted }: SessionWindow, problems: readonly string[]): string[] {
	const failures = new Map<string, string>()
	for (const message of posted) {
		if (message.type !== "message" || message.message.role !== "assistant" || !message.message.error) continue
		failures.set(message.message.id, englishText(message.message.error.details))
	}
	const refused = posted.flatMap((message) => (message.type === "refused" ? [englishText(message.details)] : []))
	const shown = [...failures.values(), ...refused, ...problems]
	for (const text of shown) expectClear(text)
	return shown
}

function expectClear(text: string): void {
	expect(text).not.toMatch(/\n| at .+:\d+:\d+|node:|\[object|undefined|NaN|(^|\s)\w*Error: |canary/)
	expect(text.length).toBeLessThan(500)
	expect(text).toMatch(/^\S.*(\.|\.damaged)$/)
}

/** @returns what was added to the usage ledger between two states */
export function usageDelta(before: TaskUsage, after: TaskUsage) {
	return {
		requests: after.total.requests - before.total.requests,
		unpriced: after.total.unpricedRequests - before.total.unpricedRequests,
		usd: Number((after.total.knownUsd - before.total.knownUsd).toFixed(12)),
		refused: after.failed.refused - before.failed.refused,
		unanswered: after.failed.unanswered - before.failed.unanswered,
	}
}

export function expectedUsageDelta(cost: Cost): ReturnType<typeof usageDelta> {
	const nothing = { requests: 0, unpriced: 0, usd: 0, refused: 0, unanswered: 0 }
	if (cost === "not-sent") return nothing
	if (cost === "unanswered") return { ...nothing, unanswered: 1 }
	if (cost === "unknown") return { ...nothing, requests: 1, unpriced: 1 }
	return "refused" in cost ? { ...nothing, refused: cost.refused } : { ...nothing, requests: 1, usd: cost.usd }
}

/** A row of the suite report: fault, message that the user sees, and what is stored. */
export type Row = { readonly fault: string; readonly http?: HttpProtocol; readonly sees: string; readonly kept: string }

/** Adds the row to the test's metadata, whether the test passes or not. */
export function report({ task }: TestContext, row: Row): void {
	Object.assign(task.meta, { row })
}

/** A fault of the connection or of the response. */
export type Fault = Expected & {
	/**
	 * Causes the fault.
	 * @returns overrides of the handler options
	 */
	readonly arrange: (http: HttpProtocol) => Promise<Partial<BedrockHandlerOptions>> | Partial<BedrockHandlerOptions>
	/** Differences over HTTP/1.1; `null` when the fault does not exist there. */
	readonly http1?: Partial<Expected> | null
}

/** Registers a test for each fault over each protocol. */
export function testFaults(
	test: SessionUnderTest,
	table: Readonly<Record<string, Fault>>,
	api: RequestApi = "converse",
): void {
	describe.each(HTTP_PROTOCOLS.map((http) => [http] as const))("Session over %s", (http) => {
		for (const [name, { arrange, http1, ...same }] of Object.entries(table)) {
			if (http === "http1" && http1 === null) continue
			const expected = http === "http1" ? { ...same, ...http1 } : same
			it(testTitle(name, expected), async (context) => {
				report(context, {
					fault: name,
					http,
					sees: expected.sees ?? WHOLE_ANSWER,
					kept: storedSummary(expected),
				})
				await runFaultScenario(test, { http, api, arrange }, expected)
			})
		}
	})
}

const WHOLE_ANSWER = "The whole answer."

function testTitle(fault: string, { sees }: Expected): string {
	const result = sees === null ? "delivers the whole answer" : "shows one message"
	return `${result}, stores the chat and serves the next request after: ${fault}`
}

function storedSummary({ sees, costs, answer }: Expected): string {
	const withAnswer = sees === null ? "prompt, answer" : "prompt, received part of the answer"
	const stored = answer === undefined ? "prompt" : withAnswer
	if (costs === "not-sent") return `${stored}; no request sent`
	if (costs === "unanswered") return `${stored}; 1 attempt, unknown whether it was billed`
	if (costs === "unknown") return `${stored}; 1 request, cost unknown`
	if ("usd" in costs) return "prompt, answer; 1 request with its cost"
	return `${stored}; ${costs.refused} refused attempts, nothing billed`
}
