import { reportTo } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { UsageRecord } from "@bedrock-tiers/core"
import type { AssistantMessage, ChatSpeeds, RequestSpeed } from "@bedrock-tiers/protocol"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { usageRecord } from "@bedrock-tiers/core/testing"
import { ChatStore, newChatRecord, type ChatRecord } from "../storage/chat-store"
import { PerChatIndex } from "../storage/per-chat-index"
import { chatSpeeds, readChatSpeeds, speedsOf } from "./speeds"

const GPT = "openai.gpt-oss-120b-1:0"
const NOW = new Date("2026-11-22T10:00:00.000Z")

/** 3,000 output tokens in the two seconds after the first token: 1,500 per second. */
const request = usageRecord({ requestedTier: "priority", timing: { firstTokenMs: 400, totalMs: 2_400 } })

const answer = (part: Partial<UsageRecord> = {}, message: Partial<AssistantMessage> = {}): AssistantMessage => ({
	role: "assistant",
	id: "a",
	parts: [{ kind: "text", text: "SECRET ANSWER" }],
	status: "complete",
	error: null,
	request: { ...request, ...part },
	...message,
})

const chat = (messages: AssistantMessage[], part: Partial<ChatRecord> = {}): ChatRecord => ({
	...newChatRecord(new Date()),
	messages,
	...part,
})

const speeds = (messages: AssistantMessage[], part: Partial<ChatRecord> = {}, modelId = GPT) =>
	speedsOf([chatSpeeds(chat(messages, part))], modelId, NOW)

const NOTHING_LEFT_OUT = { notMeasured: 0, background: 0, older: 0, beyondLimit: 0, failedAttempts: 0 }

describe("speedsOf", () => {
	it("returns each measured answer with its billed tier, without message text", () => {
		const result = speeds([answer()])
		expect(result).toEqual({
			modelId: GPT,
			models: [{ id: GPT, requests: 1 }],
			requests: [
				{
					at: "2026-11-20T10:00:00.000Z",
					tier: "flex",
					region: "us-east-1",
					route: "in-region",
					promptTokens: 4_000,
					firstTokenMs: 400,
					tokensPerSecond: 1_500,
					timesStandardCost: expect.closeTo(0.5, 9),
				},
			],
			leftOut: NOTHING_LEFT_OUT,
		})
		expect(JSON.stringify(result)).not.toContain("SECRET")
	})

	it("includes cached tokens in promptTokens, and has no cost factor when a price is missing", () => {
		const usage = { inputTokens: 4_000, outputTokens: 3_000, cacheReadTokens: 500, cacheWriteTokens: 20 }
		expect(speeds([answer({ usage })]).requests).toMatchObject([{ promptTokens: 4_520, timesStandardCost: null }])
	})

	it("returns the requested model, or the one with the most measured requests if it has none", () => {
		const messages = [answer(), answer(), answer({ modelId: "acme.new", baseModelId: null })]
		expect(speeds(messages).requests).toHaveLength(2)
		expect(speeds(messages, {}, "acme.new").requests).toHaveLength(1)
		expect(speeds(messages, {}, "never.asked")).toMatchObject({ modelId: GPT })
		expect(speeds(messages).models).toEqual([
			{ id: GPT, requests: 2 },
			{ id: "acme.new", requests: 1 },
		])
	})

	it("returns no requests when none were measured", () => {
		expect(speeds([answer({ timing: null })])).toMatchObject({ modelId: null, models: [], requests: [] })
		expect(speedsOf([], GPT, NOW)).toMatchObject({ modelId: null, leftOut: NOTHING_LEFT_OUT })
	})

	it("counts requests that it leaves out: unmeasured, background, older than 90 days, failed", () => {
		const failedAttempts = ["2026-11-20T09:00:00.000Z", "2026-01-01T00:00:00.000Z", undefined].map((at) => ({
			at,
			code: "network" as const,
			details: [],
			outcome: "unanswered" as const,
			sentTier: null,
			nextTier: null,
			waitMs: 0,
		}))
		const messages = [
			answer({}, { failedAttempts }),
			answer({ timing: null }),
			answer({ timing: { firstTokenMs: null, totalMs: 2_000 } }),
			// 90 days before NOW is 24 August, 10:00.
			answer({ at: "2026-08-24T10:00:00.000Z" }),
			answer({ at: "2026-08-24T09:59:59.999Z" }),
		]
		const { requests, leftOut } = speeds(messages, { background: [{ purpose: "title", request }] })
		expect(requests).toHaveLength(2)
		expect(leftOut).toEqual({ notMeasured: 2, background: 1, older: 1, beyondLimit: 0, failedAttempts: 1 })
	})

	it("returns the newest 5,000 requests, oldest first", () => {
		const at = (index: number) => new Date(Date.UTC(2026, 10, 1) + index * 1_000).toISOString()
		const messages = Array.from({ length: 5_002 }, (_, index) => answer({ at: at(5_001 - index) }))
		const { requests, leftOut } = speeds(messages)
		expect(requests.map((one: RequestSpeed) => one.at)).toEqual(
			Array.from({ length: 5_000 }, (_, index) => at(index + 2)),
		)
		expect(leftOut.beyondLimit).toBe(2)
	})

	it("includes removed answers, because they were sent", () => {
		expect(speeds([], { removed: [answer()] }).requests).toHaveLength(1)
	})

	it("accepts chat speeds that were stored as JSON, and readChatSpeeds rejects invalid ones", () => {
		const original = chatSpeeds(chat([answer()]))
		expect(readChatSpeeds(JSON.parse(JSON.stringify(original)))).toEqual(original)
		expect(readChatSpeeds({ requests: [{ modelId: GPT }], failedAt: [] })).toBeUndefined()
	})
})

describe("The speeds of 20 chats with ten answers each", () => {
	const folder = mkdtempSync(join(tmpdir(), "speeds-"))
	const store = new ChatStore(join(folder, "chats"), reportTo([]))
	const file = join(folder, "history", "speeds.json")
	let created = 0
	const index = () =>
		new PerChatIndex<ChatSpeeds>(store, {
			file,
			createEntry: (chat) => {
				created++
				return chatSpeeds(chat)
			},
			parseEntry: readChatSpeeds,
		})
	async function countRequests(): Promise<number> {
		const chats = (await index().entries()).filter((one) => one !== null)
		const { models } = speedsOf(chats, GPT, NOW)
		return models[0]?.requests ?? 0
	}
	const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`

	beforeAll(async () => {
		const messages = Array.from({ length: 10 }, (_, number) => answer({ id: `${number}` }))
		for (let number = 0; number < 20; number++) await store.save(chat(messages, { id: idOf(number) }))
	})
	afterAll(() => rmSync(folder, { recursive: true, force: true }))

	it("are read from the chats once, and from the index after that", async () => {
		expect([await countRequests(), created]).toEqual([200, 20])
		expect([await countRequests(), created]).toEqual([200, 20])
	})

	it("are updated for a changed chat, removed for a deleted one, and rebuilt when the index is damaged", async () => {
		created = 0
		utimesSync(join(store.folder, `${idOf(1)}.json`), NOW, new Date(Date.now() + 5_000))
		await store.remove(idOf(2))
		expect([await countRequests(), created]).toEqual([190, 1])
		expect(readFileSync(file, "utf8")).not.toContain(idOf(2))
		writeFileSync(file, "{")
		expect([await countRequests(), created]).toEqual([190, 20])
	})
})
