import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import {
	receive,
	toWebviewSchema,
	type ProfileSettings,
	type RefreshedPrices,
	type SecretEdits,
	type ToWebview,
	type ViewState,
} from "@bedrock-tiers/protocol"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { AwsBedrockHandler } from "../api/providers/bedrock"
import { memorySecrets, memoryStore } from "../testing/memory-stores"
import { ChatStore } from "./chat-store"
import type { ReadPriceList } from "./ports"
import { RefreshedPricesStore } from "./refreshed-prices-store"
import { RefusalsStore } from "./refusals-store"
import { Session } from "./session"
import { Settings } from "./settings"

/** Settings and chat as the webview meets them, over the real handler and a real socket. */

let emulator: Emulator
let folder: string
let stores: {
	global: ReturnType<typeof memoryStore>
	window: ReturnType<typeof memoryStore>
	secrets: ReturnType<typeof memorySecrets>
}
let problems: string[]
/** The clock of what is remembered for some days. */
let now: Date
/** What reading AWS's price list gives. */
let readPriceList: ReadPriceList

beforeAll(async () => {
	emulator = await startEmulator({
		pace: "instant",
		answer: "Hello there.",
		usage: { inputTokens: 1000, outputTokens: 100 },
	})
})
beforeEach(() => {
	emulator.setScenario("served-as-asked")
	emulator.requests.length = 0
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-"))
	stores = { global: memoryStore(), window: memoryStore(), secrets: memorySecrets() }
	problems = []
	readPriceList = async () => undefined
	now = new Date("2026-11-22T10:00:00.000Z")
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
afterAll(() => emulator.close())

/** A window: another one over the same stores is what a reload gives. */
function openWindow({ demo = true } = {}) {
	const posted: ToWebview[] = []
	const reportProblem = (sentence: string) => void problems.push(sentence)
	const settings = new Settings({ store: stores.global, secrets: stores.secrets, demo, reportProblem })
	const session = new Session({
		settings,
		chats: new ChatStore(join(folder, "chats")),
		window: stores.window,
		prices: new RefreshedPricesStore(join(folder, "prices")),
		refusals: new RefusalsStore(join(folder, "refusals.json"), { reportProblem, now: () => now }),
		readPriceList: async (region) => readPriceList(region),
		connect: async (profile, _secrets, pricing, memory) =>
			new AwsBedrockHandler({
				...profile.settings,
				...memory,
				pricing,
				credentials: { method: "api-key", apiKey: "test-key" },
				endpoint: emulator.url,
				applicationId: "session-test",
			}),
		post: (message) => {
			// Every message fits what the webview accepts, also after the trip through JSON that it makes.
			expect(receive(toWebviewSchema, JSON.parse(JSON.stringify(message)))).toMatchObject({ ok: true })
			posted.push(message)
		},
		reportProblem,
	})
	return { session, settings, posted, state: () => lastState(posted) }
}

function lastState(posted: readonly ToWebview[]): ViewState {
	const message = posted.findLast((candidate) => candidate.type === "state")
	if (message?.type !== "state") throw new Error("no state was posted")
	return message.state
}

function lastAnswer({ posted }: ReturnType<typeof openWindow>) {
	return posted.findLast((message) => message.type === "message" && message.message.role === "assistant")
}

async function ready(window = openWindow()) {
	await window.session.handle({ type: "ready" })
	return window
}

async function chooseFlex(window: ReturnType<typeof openWindow>, secrets: SecretEdits = {}) {
	const { settings } = window.settings.activeProfile
	await window.session.handle({
		type: "save-settings",
		requestId: "r1",
		profileId: window.settings.activeProfile.id,
		settings: { ...settings, serviceTier: "flex" },
		...secrets,
	})
}

describe("Profiles", () => {
	it("the demo profile is there, and in use at first, while an emulator runs", async () => {
		const { state } = await ready()
		expect(state().profiles.map(({ name }) => name)).toEqual(["Amazon Bedrock", "Local demo (emulator)"])
		expect(state().activeProfileId).toBe("demo")
	})

	it("without an emulator there is no demo profile, and its settings come back with it", async () => {
		await chooseFlex(await ready())
		expect((await ready(openWindow({ demo: false }))).state().activeProfileId).toBe("default")
		expect((await ready()).settings.activeProfile).toMatchObject({ id: "demo", settings: { serviceTier: "flex" } })
	})

	it("a profile that does not exist is refused by name, and nothing changes", async () => {
		const window = await ready()
		const before = [...stores.global.values]
		await window.session.handle({ type: "select-profile", profileId: "nobody" })
		expect(window.posted.at(-1)).toMatchObject({ type: "refused", field: "profileId" })
		expect([...stores.global.values]).toEqual(before)
	})
})

describe("Settings", () => {
	it("are saved, confirmed, and survive a reload", async () => {
		const window = await ready()
		await chooseFlex(window)
		expect(window.posted.map(({ type }) => type)).toEqual(["state", "saved", "state"])
		expect((await ready()).settings.activeProfile.settings.serviceTier).toBe("flex")
	})

	it("a key goes into the secret store, and nowhere else", async () => {
		const window = await ready()
		await chooseFlex(window, { apiKey: "canary-key-0123456789" })
		expect(stores.secrets.values).toEqual(new Map([["apiKey:demo", "canary-key-0123456789"]]))
		expect(window.state().apiKeySetFor).toEqual(["demo"])
		expect(JSON.stringify([...stores.global.values, ...window.posted])).not.toContain("canary-key")
	})

	it("access keys, too, lie in the secret store alone; they are kept until they are replaced or removed", async () => {
		const window = await ready()
		const staticKeys = { accessKeyId: "AKIDCANARY", secretAccessKey: "canary-1", sessionToken: "canary-2" }
		await chooseFlex(window, { staticKeys })
		await chooseFlex(window)
		expect([...stores.secrets.values.keys()]).toEqual(["staticKeys:demo"])
		expect(await window.settings.secrets("demo")).toEqual({ staticKeys })
		expect(window.state().staticKeysSetFor).toEqual(["demo"])
		expect(JSON.stringify([...stores.global.values, ...window.posted])).not.toMatch(/canary/i)

		await chooseFlex(window, { staticKeys: null })
		expect(window.state().staticKeysSetFor).toEqual([])
		expect(stores.secrets.values.size).toBe(0)
	})

	it("that cannot be read are put aside and reported, not lost", async () => {
		const damaged = { version: 1, activeProfileId: "default", profiles: "gone" }
		await stores.global.set("settings", damaged)
		expect((await ready()).state().activeProfileId).toBe("demo")
		expect(stores.global.get("settings.damaged")).toEqual(damaged)
		expect(problems).toEqual([expect.stringContaining("profiles")])
	})
})

describe("A message and its answer", () => {
	it("come as messages and deltas; the answer ends with what served it and what it cost", async () => {
		const window = await ready()
		await chooseFlex(window)
		window.posted.length = 0
		await window.session.handle({ type: "send", text: "Hi" })
		const kinds = window.posted.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])
		expect(kinds).toEqual(["message", "delta", "message"])
		expect(window.posted.at(-1)).toMatchObject({
			type: "message",
			busy: false,
			message: {
				role: "assistant",
				text: "Hello there.",
				status: "complete",
				request: { requestedTier: "flex", servedTier: "flex", billedTier: "flex" },
			},
			usage: {
				total: { requests: 1, knownUsd: expect.closeTo(0.000105, 12) },
				byTier: [{ tier: "flex" }],
				contextTokens: 1100,
				contextWindow: 128_000,
			},
		})
	})

	it("flex that was served as default is billed as default", async () => {
		emulator.setScenario("flex-served-as-default")
		const window = await ready()
		await chooseFlex(window)
		await window.session.handle({ type: "send", text: "Hi" })
		expect(window.posted.at(-1)).toMatchObject({
			message: {
				request: { requestedTier: "flex", servedTier: "default", totalUsd: expect.closeTo(0.00021, 12) },
			},
		})
	})

	it("the next message carries the conversation", async () => {
		const window = await ready()
		await window.session.handle({ type: "send", text: "First" })
		await window.session.handle({ type: "send", text: "Second" })
		const { messages } = JSON.parse(emulator.requests[1]?.body ?? "{}") as { messages: unknown[] }
		expect(messages).toEqual([
			{ role: "user", content: [{ text: "First" }] },
			{ role: "assistant", content: [{ text: "Hello there." }] },
			{ role: "user", content: [{ text: "Second" }] },
		])
	})

	it("a refused request fails in the answer, costs nothing, and the next one works", async () => {
		emulator.setScenario("tier-refused")
		const window = await ready()
		await chooseFlex(window)
		await window.session.handle({ type: "send", text: "Hi" })
		expect(lastAnswer(window)).toMatchObject({
			busy: false,
			message: { status: "failed", error: { code: "tier-refused" }, request: null },
			usage: { total: { requests: 0 } },
		})
		emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "send", text: "Again" })
		expect(lastAnswer(window)).toMatchObject({ message: { status: "complete" } })
	})

	it("stop ends it at once; what it cost is not known, not nothing", async () => {
		emulator.setScenario("stall")
		const window = await ready()
		const sent = window.session.handle({ type: "send", text: "Hi" })
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		await window.session.handle({ type: "stop" })
		await sent
		expect(window.posted.at(-1)).toMatchObject({
			busy: false,
			message: {
				status: "stopped",
				error: null,
				request: { totalUsd: null, unpricedReason: "usage-not-reported" },
			},
			usage: { total: { requests: 1, unpricedRequests: 1 } },
		})
	})
})

describe("Refreshed prices", () => {
	const refreshed: RefreshedPrices = {
		region: "us-east-1",
		publishedOn: "2026-11-20",
		refreshedAt: "2026-11-22T10:00:00.000Z",
		rows: [
			{
				modelId: "openai.gpt-oss-120b-1:0",
				region: "us-east-1",
				route: "in-region",
				tier: "default",
				inputUsdPerMTok: 0.2,
				outputUsdPerMTok: 0.8,
				cacheReadUsdPerMTok: null,
				cacheWriteUsdPerMTok: null,
				cacheWrite1hUsdPerMTok: null,
				fromPromptTokens: 0,
				belowPromptTokens: null,
				source: "aws-price-list-2026-11-20",
				checkedOn: "2026-11-20",
				derived: [],
			},
		],
	}

	it("price the next request, survive a reload, and give way again when they are removed", async () => {
		readPriceList = async (region) => ({ ...refreshed, region })
		const window = await ready()
		await window.session.handle({ type: "refresh-prices" })
		expect(
			window.posted.flatMap((message) => (message.type === "state" ? [message.state.refreshing] : [])),
		).toEqual([false, true, false])
		const reloaded = await ready()
		expect(reloaded.state().refreshedPrices).toEqual(refreshed)
		await reloaded.session.handle({ type: "send", text: "Hi" })
		// 1,000 × $0.20 + 100 × $0.80 per million
		expect(reloaded.posted.at(-1)).toMatchObject({
			message: { request: { totalUsd: expect.closeTo(0.00028, 12), card: { origin: "refreshed" } } },
		})
		await reloaded.session.handle({ type: "remove-refreshed-prices" })
		expect((await ready()).state().refreshedPrices).toBeNull()
	})

	it("are those of an ARN's own region where the model is named by one", async () => {
		const asked: string[] = []
		readPriceList = async (region) => {
			asked.push(region)
			return { ...refreshed, region }
		}
		const window = await ready()
		const { id, settings } = window.settings.activeProfile
		const modelId = "arn:aws:bedrock:eu-west-2::foundation-model/openai.gpt-oss-120b-1:0"
		await window.session.handle({
			type: "save-settings",
			requestId: "r1",
			profileId: id,
			settings: { ...settings, modelId },
		})
		await window.session.handle({ type: "refresh-prices" })
		expect(asked).toEqual(["eu-west-2"])
		expect(window.state().refreshedPrices?.region).toBe("eu-west-2")
	})

	it("that cannot be had are reported, and what there was stays", async () => {
		readPriceList = async () => refreshed
		const window = await ready()
		await window.session.handle({ type: "refresh-prices" })
		readPriceList = async () => Promise.reject(new Error("This machine is off-line."))
		await window.session.handle({ type: "refresh-prices" })
		expect(problems).toEqual(["This machine is off-line."])
		expect(window.state()).toMatchObject({ refreshedPrices: refreshed, refreshing: false })
	})

	it("that were called off change nothing", async () => {
		const window = await ready()
		await window.session.handle({ type: "refresh-prices" })
		expect(window.state()).toMatchObject({ refreshedPrices: null, refreshing: false })
		expect(problems).toEqual([])
	})
})

describe("Discount and own prices", () => {
	it("are in the price of the next request, and kept with it", async () => {
		const window = await ready()
		const { id, settings } = window.settings.activeProfile
		await window.session.handle({
			type: "save-settings",
			requestId: "r1",
			profileId: id,
			settings: { ...settings, discountPercent: 10 },
		})
		await window.session.handle({ type: "send", text: "Hi" })
		// $0.00021 less 10 %
		expect(window.posted.at(-1)).toMatchObject({
			message: { request: { totalUsd: expect.closeTo(0.000189, 12), discountPercent: 10 } },
		})
	})
})

describe("Chats in files", () => {
	it("survive a reload, costs included", async () => {
		const window = await ready()
		await window.session.handle({ type: "send", text: "Hi" })
		const before = window.posted.at(-1)
		const { chat } = (await ready()).state()
		expect(chat.messages).toMatchObject([{ text: "Hi" }, { text: "Hello there." }])
		expect(before).toMatchObject({ usage: chat.usage })
	})

	it("an answer that was on its way when the window went is shown as interrupted", async () => {
		emulator.setScenario("stall")
		const window = await ready()
		void window.session.handle({ type: "send", text: "Hi" })
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		const { chat } = (await ready()).state()
		expect(chat.busy).toBe(false)
		expect(chat.messages.at(-1)).toMatchObject({ role: "assistant", status: "interrupted" })
		window.session.dispose()
	})

	it("a new chat is empty, and the old one stays in its file", async () => {
		const window = await ready()
		await window.session.handle({ type: "send", text: "Hi" })
		await window.session.handle({ type: "new-chat" })
		expect(window.state().chat).toMatchObject({ messages: [], usage: { total: { requests: 0 } } })
		expect(readdirSync(join(folder, "chats"))).toHaveLength(1)
	})

	it("a damaged message costs that message; a damaged file is left alone and a new chat begun", async () => {
		const window = await ready()
		await window.session.handle({ type: "send", text: "Hi" })
		const file = join(folder, "chats", readdirSync(join(folder, "chats"))[0] ?? "")
		const record = JSON.parse(readFileSync(file, "utf8")) as { messages: unknown[] }
		writeFileSync(file, JSON.stringify({ ...record, messages: [{ role: "ghost" }, ...record.messages] }))
		expect((await ready()).state().chat.messages).toHaveLength(2)
		const [question, answer] = record.messages as Record<string, unknown>[]
		const damaged = { ...answer, request: { ...(answer?.request as object), totalUsd: "much" } }
		writeFileSync(file, JSON.stringify({ ...record, messages: [question, damaged] }))
		const { chat } = (await ready()).state()
		expect(chat.messages).toMatchObject([{ text: "Hi" }, { text: "Hello there.", request: null }])
		expect(chat.usage.total.requests).toBe(0)
		writeFileSync(file, "{")
		expect((await ready()).state().chat.messages).toEqual([])
		expect(readFileSync(file, "utf8")).toBe("{")
	})

	it("that cannot be written are reported, and the answer is still there", async () => {
		writeFileSync(join(folder, "chats"), "a file where the folder should be")
		const window = await ready()
		await window.session.handle({ type: "send", text: "Hi" })
		expect(window.posted.at(-1)).toMatchObject({ message: { status: "complete" } })
		expect(problems[0]).toContain("could not be saved")
	})
})

describe("A tier that cannot serve", () => {
	const lastMessage = (posted: readonly ToWebview[]) => {
		const message = posted.findLast((candidate) => candidate.type === "message")
		if (message?.type !== "message" || message.message.role !== "assistant") throw new Error("no answer was posted")
		return { ...message, message: message.message }
	}
	const sentTiers = () => emulator.requests.map(({ requestedTier }) => requestedTier)

	it("is told, and asked again on Standard when the person says so, once: the profile keeps its tier", async () => {
		const window = await ready()
		await chooseFlex(window)
		emulator.setScenario("tier-refused")
		await window.session.handle({ type: "send", text: "Hello" })
		expect(lastMessage(window.posted).message).toMatchObject({ status: "failed", error: { code: "tier-refused" } })

		emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "retry", tier: "default" })
		const { message, usage } = lastMessage(window.posted)
		expect(message).toMatchObject({
			status: "complete",
			request: { requestedTier: "default", totalUsd: expect.closeTo(0.00021, 12) as number },
		})
		expect(usage.total.requests).toBe(1)
		expect(sentTiers()).toEqual(["flex", null])
		// The question is asked again as it was, and not added a second time.
		expect(emulator.requests[1]?.body).toBe(
			emulator.requests[0]?.body.replace(',"serviceTier":{"type":"flex"}', ""),
		)
		expect(window.settings.activeProfile.settings.serviceTier).toBe("flex")
	})

	it("gives way to Standard by the setting, and the answer says what came before it, after a reload too", async () => {
		const window = await ready()
		const { settings, id } = window.settings.activeProfile
		const standard = { ...settings, serviceTier: "flex", whenTierCannotServe: "standard" } as const
		await window.session.handle({ type: "save-settings", requestId: "r1", profileId: id, settings: standard })
		emulator.setScenario("flex-capacity-refused")
		await window.session.handle({ type: "send", text: "Hello" })
		const failedAttempts = [{ code: "capacity-refused", sentTier: "flex", nextTier: "default", waitMs: 0 }]
		expect(lastMessage(window.posted).message).toMatchObject({
			status: "complete",
			failedAttempts,
			request: { requestedTier: "flex", notSentReason: "capacity-refused", billedTier: "default" },
		})
		expect(sentTiers()).toEqual(["flex", null])
		expect((await ready()).state().chat.messages.at(-1)).toMatchObject({ failedAttempts })
	})

	it("is not asked again where the last answer did not fail", async () => {
		const window = await ready()
		await window.session.handle({ type: "send", text: "Hello" })
		await window.session.handle({ type: "retry", tier: "default" })
		expect(emulator.requests).toHaveLength(1)
	})

	it("settings of before there was a choice of it are read as asking", async () => {
		const window = await ready()
		await chooseFlex(window)
		const stored = stores.global.get("settings") as { profiles: { settings: Record<string, unknown> }[] }
		for (const { settings } of stored.profiles) delete settings.whenTierCannotServe
		await stores.global.set("settings", stored)
		expect((await ready()).settings.activeProfile.settings).toMatchObject({
			serviceTier: "flex",
			whenTierCannotServe: "ask",
		})
		expect(problems).toEqual([])
	})
})

describe("Every attempt is in the ledger", () => {
	const flexOr = async (window: ReturnType<typeof openWindow>, whenTierCannotServe: "ask" | "standard") => {
		const { settings, id } = window.settings.activeProfile
		const chosen = { ...settings, serviceTier: "flex", whenTierCannotServe } as const
		await window.session.handle({ type: "save-settings", requestId: "r1", profileId: id, settings: chosen })
	}
	const lastUsage = (posted: readonly ToWebview[]) =>
		posted.flatMap((message) => (message.type === "message" ? [message.usage] : [])).at(-1)

	it("the one that another one followed and the last one, each once, after a reload too", async () => {
		const window = await ready()
		await flexOr(window, "standard")
		emulator.setScenario("flex-capacity-refused")
		await window.session.handle({ type: "send", text: "Hello" })
		emulator.setScenario("access-denied")
		await window.session.handle({ type: "send", text: "And now?" })
		const counted = {
			total: { requests: 1, unpricedRequests: 0 },
			failed: { refused: 2, unanswered: 0 },
			failedByTier: [{ tier: "flex", totals: { refused: 2, unanswered: 0 } }],
		}
		expect(lastUsage(window.posted)).toMatchObject(counted)
		expect((await ready()).state().chat.usage).toMatchObject(counted)
	})

	it("but not what never left this machine", async () => {
		const window = await ready()
		const { settings, id } = window.settings.activeProfile
		const unreachable = { ...settings, modelId: "anthropic.claude-sonnet-4-6", region: "sa-east-1" }
		await window.session.handle({ type: "save-settings", requestId: "r1", profileId: id, settings: unreachable })
		await window.session.handle({ type: "send", text: "Hello" })
		expect(lastUsage(window.posted)).toMatchObject({ failed: { refused: 0, unanswered: 0 }, failedByTier: [] })
	})

	it("a chat of before attempts had a time and an outcome is read as one of refusals", async () => {
		const window = await ready()
		await flexOr(window, "standard")
		emulator.setScenario("flex-capacity-refused")
		await window.session.handle({ type: "send", text: "Hello" })
		const file = join(folder, "chats", readdirSync(join(folder, "chats"))[0] ?? "")
		const record = JSON.parse(readFileSync(file, "utf8")) as { messages: { failedAttempts?: object[] }[] }
		for (const attempt of record.messages.flatMap(({ failedAttempts = [] }) => failedAttempts)) {
			const old = attempt as { at?: string; outcome?: string }
			delete old.at
			delete old.outcome
		}
		writeFileSync(file, JSON.stringify(record))
		const { chat } = (await ready()).state()
		expect(chat.messages).toHaveLength(2)
		expect(chat.usage).toMatchObject({ total: { requests: 1 }, failed: { refused: 1, unanswered: 0 } })
	})

	it("a retry on the profile's own tier asks for that tier", async () => {
		const window = await ready()
		await flexOr(window, "ask")
		emulator.setScenario("flex-capacity-refused")
		await window.session.handle({ type: "send", text: "Hello" })
		emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "retry", tier: "flex" })
		expect(emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual(["flex", "flex"])
		expect(lastUsage(window.posted)).toMatchObject({ total: { requests: 1 }, failed: { refused: 1 } })
	})
})

describe("A refused tier is remembered", () => {
	const choose = async (
		window: ReturnType<typeof openWindow>,
		part: Partial<ProfileSettings>,
		secrets: SecretEdits = {},
	) => {
		const { settings, id } = window.settings.activeProfile
		const chosen = { ...settings, ...part }
		await window.session.handle({
			type: "save-settings",
			requestId: "r1",
			profileId: id,
			settings: chosen,
			...secrets,
		})
	}
	const sentTiers = () => emulator.requests.map(({ requestedTier }) => requestedTier)
	const refusedTiers = (window: ReturnType<typeof openWindow>) =>
		window.state().refusals.map(({ profileId, asked }) => [profileId, asked.tier])
	const told = (window: ReturnType<typeof openWindow>) =>
		window.posted.flatMap((message) => (message.type === "refusals" ? [message.refusals.length] : []))

	it("and the next requests go to Standard at once where that is wanted: in the chat, in another window, for a week", async () => {
		const window = await ready()
		await choose(window, { serviceTier: "flex", whenTierCannotServe: "standard" })
		emulator.setScenario("tier-refused")
		await window.session.handle({ type: "send", text: "One" })
		await window.session.handle({ type: "send", text: "Two" })
		expect(told(window)).toEqual([1])
		expect(sentTiers()).toEqual(["flex", null, null])
		expect(lastAnswer(window)).toMatchObject({
			message: { request: { requestedTier: "flex", notSentReason: "tier-refused", billedTier: "default" } },
		})

		const reloaded = await ready()
		expect(refusedTiers(reloaded)).toEqual([["demo", "flex"]])
		await reloaded.session.handle({ type: "send", text: "Three" })
		expect(sentTiers()).toEqual(["flex", null, null, null])

		now = new Date("2026-11-29T10:00:00.000Z")
		emulator.setScenario("served-as-asked")
		await reloaded.session.handle({ type: "send", text: "Four" })
		expect(sentTiers().at(-1)).toBe("flex")
	})

	it("but is sent again where the person is to be asked, and forgotten when Bedrock takes it then", async () => {
		const window = await ready()
		await choose(window, { serviceTier: "flex", whenTierCannotServe: "ask" })
		emulator.setScenario("tier-refused")
		await window.session.handle({ type: "send", text: "One" })
		expect(told(window)).toEqual([1])
		emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "retry", tier: "flex" })
		expect(sentTiers()).toEqual(["flex", "flex"])
		expect(told(window)).toEqual([1, 0])
		expect(refusedTiers(await ready())).toEqual([])
	})

	it("until the person forgets it", async () => {
		const window = await ready()
		await choose(window, { serviceTier: "flex", whenTierCannotServe: "standard" })
		emulator.setScenario("tier-refused")
		await window.session.handle({ type: "send", text: "One" })
		const other = await ready()
		const [refusal] = other.state().refusals
		if (!refusal) throw new Error("nothing is remembered")
		const { profileId, asked } = refusal
		await other.session.handle({ type: "forget-refusal", profileId, asked })
		expect(other.posted.at(-1)).toEqual({ type: "refusals", refusals: [] })
		emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "send", text: "Two" })
		expect(sentTiers()).toEqual(["flex", null, "flex"])
	})

	it("for its own profile alone, and not for want of room", async () => {
		const window = await ready()
		await choose(window, { serviceTier: "flex", whenTierCannotServe: "standard" })
		emulator.setScenario("flex-capacity-refused")
		await window.session.handle({ type: "send", text: "One" })
		emulator.setScenario("tier-refused")
		await window.session.handle({ type: "send", text: "Two" })
		expect(told(window)).toEqual([1])
		await window.session.handle({ type: "select-profile", profileId: "default" })
		await choose(window, { serviceTier: "flex", whenTierCannotServe: "standard" })
		await window.session.handle({ type: "send", text: "Three" })
		expect(sentTiers()).toEqual(["flex", null, "flex", null, "flex", null])
	})

	it.each([
		["other keys", {}, { apiKey: "another-key" }],
		["another way to sign", { credentials: { method: "profile", profile: "other" } }, {}],
		["another endpoint", { endpoint: "https://vpce.example.com" }, {}],
	] as const)("until the profile may be another account: %s", async (_, part, secrets) => {
		const window = await ready()
		await choose(window, { serviceTier: "flex" })
		emulator.setScenario("tier-refused")
		await window.session.handle({ type: "send", text: "One" })
		await choose(window, { whenTierCannotServe: "standard" })
		expect(refusedTiers(window)).toEqual([["demo", "flex"]])
		await choose(window, part, secrets)
		expect(refusedTiers(window)).toEqual([])
		expect(refusedTiers(await ready())).toEqual([])
	})

	it("and a file that cannot be written is said, while the chat goes on", async () => {
		mkdirSync(join(folder, "refusals.json"))
		const window = await ready()
		await choose(window, { serviceTier: "flex", whenTierCannotServe: "standard" })
		emulator.setScenario("tier-refused")
		await window.session.handle({ type: "send", text: "One" })
		expect(lastState(window.posted).refusals).toEqual([])
		expect(lastAnswer(window)).toMatchObject({ message: { status: "complete" } })
		expect(problems).toEqual([expect.stringContaining("could not be kept")])
	})
})
