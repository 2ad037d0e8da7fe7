import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { ToWebview } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/** A tier that is refused or cannot serve: the next request, the reported failure, and the remembered refusal. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const sentTiers = () => test.emulator.requests.map(({ requestedTier }) => requestedTier)

describe("A tier that cannot serve", () => {
	it("is reported, and a retry on Standard does not change the profile's tier", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		test.emulator.setScenario("tier-refused")
		await window.send("Hello")
		expect(window.lastAnswer().message).toMatchObject({ status: "failed", error: { code: "tier-refused" } })

		test.emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "retry", tier: "default" })
		const { message, usage } = window.lastAnswer()
		expect(message).toMatchObject({
			status: "complete",
			request: { requestedTier: "default", totalUsd: expect.closeTo(0.00021, 12) as number },
		})
		expect(usage.total.requests).toBe(1)
		expect(sentTiers()).toEqual(["flex", null])
		// The retry sends the same question, which is not added to the chat a second time.
		expect(test.emulator.requests[1]?.body).toBe(
			test.emulator.requests[0]?.body.replace(',"serviceTier":{"type":"flex"}', ""),
		)
		expect(window.settings.activeProfile.settings.serviceTier).toBe("flex")
	})

	it("falls back to Standard by the setting, and the answer lists the failed attempt after a reload", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard" })
		test.emulator.setScenario("flex-capacity-refused")
		await window.send("Hello")
		const failedAttempts = [{ code: "capacity-refused", sentTier: "flex", nextTier: "default", waitMs: 0 }]
		expect(window.lastAnswer().message).toMatchObject({
			status: "complete",
			failedAttempts,
			request: { requestedTier: "flex", notSentReason: "capacity-refused", billedTier: "default" },
		})
		expect(sentTiers()).toEqual(["flex", null])
		expect((await test.ready()).state().chat.messages.at(-1)).toMatchObject({ failedAttempts })
	})

	it("is not retried when the last answer did not fail", async () => {
		const window = await test.ready()
		await window.send("Hello")
		await window.session.handle({ type: "retry", tier: "default" })
		expect(test.emulator.requests).toHaveLength(1)
	})

	it("leads to a question to the user by default when stored settings do not have whenTierCannotServe", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		const stored = test.stores.global.get("settings") as { profiles: { settings: Record<string, unknown> }[] }
		for (const { settings } of stored.profiles) delete settings.whenTierCannotServe
		await test.stores.global.set("settings", stored)
		expect((await test.ready()).settings.activeProfile.settings).toMatchObject({
			serviceTier: "flex",
			whenTierCannotServe: "ask",
		})
		expect(test.problems).toEqual([])
	})
})

describe("The usage totals", () => {
	const lastUsage = (posted: readonly ToWebview[]) =>
		posted.flatMap((message) => (message.type === "message" ? [message.usage] : [])).at(-1)

	it("count each failed attempt once, followed by another attempt or not, also after a reload", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard" })
		test.emulator.setScenario("flex-capacity-refused")
		await window.send("Hello")
		test.emulator.setScenario("access-denied")
		await window.send("And now?")
		const counted = {
			total: { requests: 1, unpricedRequests: 0, estimatedRequests: 0 },
			failed: { refused: 2, unanswered: 0 },
			failedByTier: [{ tier: "flex", totals: { refused: 2, unanswered: 0 } }],
		}
		expect(lastUsage(window.posted)).toMatchObject(counted)
		expect((await test.ready()).state().chat.usage).toMatchObject(counted)
	})

	it("do not count a request that was not sent", async () => {
		const window = await test.ready()
		await window.save({ modelId: "anthropic.claude-sonnet-4-6", region: "sa-east-1" })
		await window.send("Hello")
		expect(lastUsage(window.posted)).toMatchObject({ failed: { refused: 0, unanswered: 0 }, failedByTier: [] })
	})

	it("count an attempt as refused when an old chat stored neither its time nor its outcome", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard" })
		test.emulator.setScenario("flex-capacity-refused")
		await window.send("Hello")
		const file = join(test.folder, "chats", readdirSync(join(test.folder, "chats"))[0] ?? "")
		const record = JSON.parse(readFileSync(file, "utf8")) as { messages: { failedAttempts?: object[] }[] }
		for (const attempt of record.messages.flatMap(({ failedAttempts = [] }) => failedAttempts)) {
			const old = attempt as { at?: string; outcome?: string }
			delete old.at
			delete old.outcome
		}
		writeFileSync(file, JSON.stringify(record))
		const { chat } = (await test.ready()).state()
		expect(chat.messages).toHaveLength(2)
		expect(chat.usage).toMatchObject({ total: { requests: 1 }, failed: { refused: 1, unanswered: 0 } })
	})

	it("count a failed attempt and its retry on the same tier", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "ask" })
		test.emulator.setScenario("flex-capacity-refused")
		await window.send("Hello")
		test.emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "retry", tier: "flex" })
		expect(test.emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual(["flex", "flex"])
		expect(lastUsage(window.posted)).toMatchObject({ total: { requests: 1 }, failed: { refused: 1 } })
	})
})

describe("A remembered tier refusal", () => {
	const refusedTiers = (window: SessionWindow) =>
		window.state().refusals.map(({ profileId, tierRequest }) => [profileId, tierRequest.tier])
	const refusalCounts = (window: SessionWindow) =>
		window.posted.flatMap((message) => (message.type === "refusals" ? [message.refusals.length] : []))

	it("sends later requests of all windows on Standard for a week when the setting is to fall back", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard" })
		test.emulator.setScenario("tier-refused")
		await window.send("One")
		await window.send("Two")
		expect(refusalCounts(window)).toEqual([1])
		expect(sentTiers()).toEqual(["flex", null, null])
		expect(window.lastAnswer()).toMatchObject({
			message: { request: { requestedTier: "flex", notSentReason: "tier-refused", billedTier: "default" } },
		})

		const reloaded = await test.ready()
		expect(refusedTiers(reloaded)).toEqual([["demo", "flex"]])
		await reloaded.send("Three")
		expect(sentTiers()).toEqual(["flex", null, null, null])

		test.now = new Date("2026-11-29T10:00:00.000Z")
		test.emulator.setScenario("served-as-asked")
		await reloaded.send("Four")
		expect(sentTiers().at(-1)).toBe("flex")
	})

	it("allows a request when the setting is to ask, and is forgotten when Bedrock accepts the tier", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "ask" })
		test.emulator.setScenario("tier-refused")
		await window.send("One")
		expect(refusalCounts(window)).toEqual([1])
		test.emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "retry", tier: "flex" })
		expect(sentTiers()).toEqual(["flex", "flex"])
		expect(refusalCounts(window)).toEqual([1, 0])
		expect(refusedTiers(await test.ready())).toEqual([])
	})

	it("has no effect after the user removes it", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard" })
		test.emulator.setScenario("tier-refused")
		await window.send("One")
		const other = await test.ready()
		const [refusal] = other.state().refusals
		if (!refusal) throw new Error("nothing is remembered")
		const { profileId, tierRequest } = refusal
		await other.session.handle({ type: "forget-refusal", profileId, tierRequest })
		expect(other.posted.at(-1)).toEqual({ type: "refusals", refusals: [] })
		test.emulator.setScenario("served-as-asked")
		await window.send("Two")
		expect(sentTiers()).toEqual(["flex", null, "flex"])
	})

	it("applies to its own profile only, and a lack of capacity is not remembered", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard" })
		test.emulator.setScenario("flex-capacity-refused")
		await window.send("One")
		test.emulator.setScenario("tier-refused")
		await window.send("Two")
		expect(refusalCounts(window)).toEqual([1])
		await window.session.handle({ type: "select-profile", profileId: "default" })
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard" })
		await window.send("Three")
		expect(sentTiers()).toEqual(["flex", null, "flex", null, "flex", null])
	})

	it.each([
		["a new API key", {}, { apiKey: "another-key" }],
		["other credentials", { credentials: { method: "profile", profile: "other" } }, {}],
		["another endpoint", { endpoint: "https://vpce.example.com" }, {}],
	] as const)("is forgotten when the profile may belong to another account: %s", async (_, change, secrets) => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		test.emulator.setScenario("tier-refused")
		await window.send("One")
		await window.save({ whenTierCannotServe: "standard" })
		expect(refusedTiers(window)).toEqual([["demo", "flex"]])
		await window.save(change, secrets)
		expect(refusedTiers(window)).toEqual([])
		expect(refusedTiers(await test.ready())).toEqual([])
	})

	it("is reported when it cannot be written, and the chat continues", async () => {
		mkdirSync(join(test.folder, "refusals.json"))
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard" })
		test.emulator.setScenario("tier-refused")
		await window.send("One")
		expect(window.state().refusals).toEqual([])
		expect(window.lastAnswer()).toMatchObject({ message: { status: "complete" } })
		expect(test.problems).toEqual([
			expect.stringContaining("could not be read: EISDIR"),
			expect.stringContaining("could not be kept"),
		])
	})
})
