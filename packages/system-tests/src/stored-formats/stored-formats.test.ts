import type { ReportProblem } from "../../../../src/app/ports"
import { DetailedError } from "@bedrock-tiers/error-details"
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { memorySecrets } from "@bedrock-tiers/test-kit/hosts/memory-stores"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { DraftStore } from "../../../../src/app/chat/draft-store"
import { isValidSettingsValue, Settings } from "../../../../src/app/settings/settings"
import { ChatStore, type ChatRecord } from "../../../../src/app/storage/chat-store"
import { FileStore } from "../../../../src/app/storage/file-store"
import { RefreshedPricesStore } from "../../../../src/app/storage/refreshed-prices-store"
import { RefusalsStore } from "../../../../src/app/storage/refusals-store"

/** Files written by commit a3595b6, the last one before names in stored files changed, load without loss. */

const CHAT_ID = "3b1f2a64-0000-4000-8000-000000000001"
const ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6"
const NOW = new Date("2026-11-22T12:00:00.000Z")

let folder = ""
const reportProblem: ReportProblem = (...details) => {
	throw new DetailedError(details)
}
const windowStore = () => new FileStore(join(folder, "window.json"), reportProblem)

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "stored-formats-"))
	cpSync(join(import.meta.dirname, "a3595b6"), folder, { recursive: true })
})
afterEach(() => {
	const quarantined = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
		name.includes(".damaged"),
	)
	rmSync(folder, { recursive: true, force: true })
	expect(quarantined).toEqual([])
})

describe("ChatStore", () => {
	it("loads every message, request, attempt, attachment and summary of a stored chat", async () => {
		const store = new ChatStore(join(folder, "chats"), reportProblem)
		const chat = (await store.load(CHAT_ID)) as ChatRecord
		expect(chat).toMatchObject({
			createdAt: "2026-11-22T10:00:00.000Z",
			title: "The sky",
			toolsAllowed: true,
			tier: "flex",
			summary: { text: "About the sky.", upToMessageId: "a1" },
			background: [{ purpose: "title" }, { purpose: "summary", request: { requestedTier: "priority" } }],
			failedBackground: [{ outcome: "unanswered", code: "timeout" }],
		})
		expect([...chat.messages, ...chat.removed].map(({ id }) => id)).toEqual([
			"q1",
			"a1",
			"q2",
			"a2",
			"q3",
			"a3",
			"q0",
			"a0",
		])
		const answers = [...chat.messages, ...chat.removed].filter((message) => message.role === "assistant")
		expect(answers.map(({ requestedTier }) => requestedTier)).toEqual(["flex", "priority", "reserved", "default"])
		expect(answers.map(({ status }) => status)).toEqual(["complete", "complete", "failed", "stopped"])
		expect(answers.map(({ request }) => request?.modelNamedBy)).toEqual([undefined, "person", undefined, undefined])
		expect(answers[0]?.failedAttempts).toMatchObject([{ sentTier: null, nextTier: "flex", waitMs: 1_000 }])
		expect(answers[2]?.error).toEqual({
			code: "unknown",
			details: [{ code: "text", params: { text: "The model does not take the tier." } }],
		})
	})

	it("loads an equal chat after the chat was saved in the current format", async () => {
		const store = new ChatStore(join(folder, "chats"), reportProblem)
		const chat = (await store.load(CHAT_ID)) as ChatRecord
		await store.save(chat)
		expect(await store.load(CHAT_ID)).toEqual(chat)
	})
})

it("Settings loads every stored profile and value", () => {
	const store = new FileStore(join(folder, "settings.json"), reportProblem, isValidSettingsValue)
	const settings = new Settings({
		store,
		window: windowStore(),
		secrets: memorySecrets(),
		confirm: async () => true,
		demo: false,
	})
	expect(settings.profiles.map(({ id, name }) => [id, name])).toEqual([
		["default", "One"],
		["p2", "Two"],
	])
	expect(settings.activeProfile).toMatchObject({
		id: "p2",
		knowsPriority: true,
		settings: {
			region: "eu-west-1",
			route: "geo",
			modelId: ARN,
			serviceTier: "priority",
			whenTierCannotServe: "standard",
			api: "invoke-model",
			credentials: { method: "profile", profile: "work" },
			endpoint: "https://bedrock.example.com",
			http: "http1",
			declaredModels: [{ arn: ARN, modelId: "amazon.nova-pro-v1:0" }],
			discountPercent: 12.5,
			ownPrices: [{ tier: "default", inputUsdPerMTok: 1, outputUsdPerMTok: 2 }],
			reasoning: "low",
			thinkingBudgetTokens: 2_048,
			promptCaching: "1h",
			maxTokens: 1_000,
			temperature: 0.5,
			idleLimitMinutes: 10,
			taskLimitUsd: 2.5,
			backgroundTier: "flex",
			chatTitles: "written",
		},
	})
})

it("The window state contains the stored chat id and draft", () => {
	const window = windowStore()
	expect(window.get("currentChat")).toBe(CHAT_ID)
	const posted: unknown[] = []
	new DraftStore({ window, post: (message) => void posted.push(message) }).post()
	const stored = JSON.parse(readFileSync(join(folder, "window.json"), "utf8")) as { draft: unknown }
	expect(posted).toEqual([{ type: "draft", draft: stored.draft }])
})

it("RefusalsStore loads stored refusals with their tier, model and dates", async () => {
	const store = new RefusalsStore(join(folder, "refusals.json"), { reportProblem, now: () => NOW })
	expect(await store.load()).toEqual([
		{
			profileId: "default",
			tierRequest: {
				modelId: "openai.gpt-oss-120b-1:0",
				api: "converse",
				region: "us-east-1",
				route: "in-region",
				tier: "flex",
			},
			refusedAt: "2026-11-22T10:00:00.000Z",
			rememberedUntil: "2026-11-29T10:00:00.000Z",
		},
		{
			profileId: "p2",
			tierRequest: {
				modelId: "eu.amazon.nova-pro-v1:0",
				api: "invoke-model",
				region: "eu-west-1",
				route: "geo",
				tier: "priority",
			},
			refusedAt: "2026-11-22T10:00:00.000Z",
			rememberedUntil: "2026-11-29T10:00:00.000Z",
		},
	])
})

it("RefreshedPricesStore loads the stored rows of refreshed prices", async () => {
	const prices = await new RefreshedPricesStore(join(folder, "prices"), reportProblem).load("us-east-1")
	expect(prices).toMatchObject({
		publishedOn: "2026-11-20",
		refreshedAt: "2026-11-21T09:00:00Z",
		rows: [{ modelId: "openai.gpt-oss-120b-1:0", tier: "default", inputUsdPerMTok: 0.2, outputUsdPerMTok: 0.8 }],
	})
})
