import type { RefreshedPrices } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { sessionUnderTest } from "./testing/session-window"

/** Profiles, settings, secrets and prices as the webview meets them. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

describe("Profiles", () => {
	it("the demo profile is there, and in use at first, while an emulator runs", async () => {
		const { state } = await test.ready()
		expect(state().profiles.map(({ name }) => name)).toEqual(["Amazon Bedrock", "Local demo (emulator)"])
		expect(state().activeProfileId).toBe("demo")
	})

	it("without an emulator there is no demo profile, and its settings come back with it", async () => {
		await (await test.ready()).save({ serviceTier: "flex" })
		expect((await test.ready({ demo: false })).state().activeProfileId).toBe("default")
		expect((await test.ready()).settings.activeProfile).toMatchObject({
			id: "demo",
			settings: { serviceTier: "flex" },
		})
	})

	it("a profile that does not exist is refused by name, and nothing changes", async () => {
		const window = await test.ready()
		const before = [...test.stores.global.values]
		await window.session.handle({ type: "select-profile", profileId: "nobody" })
		expect(window.posted.at(-1)).toMatchObject({ type: "refused", field: "profileId" })
		expect([...test.stores.global.values]).toEqual(before)
	})
})

describe("Settings", () => {
	it("are saved, confirmed, and survive a reload", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		expect(window.posted.map(({ type }) => type)).toEqual(["state", "saved", "state"])
		expect((await test.ready()).settings.activeProfile.settings.serviceTier).toBe("flex")
	})

	it("a key goes into the secret store, and nowhere else", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" }, { apiKey: "canary-key-0123456789" })
		expect(test.stores.secrets.values).toEqual(new Map([["apiKey:demo", "canary-key-0123456789"]]))
		expect(window.state().apiKeySetFor).toEqual(["demo"])
		expect(JSON.stringify([...test.stores.global.values, ...window.posted])).not.toContain("canary-key")
	})

	it("access keys, too, lie in the secret store alone; they are kept until they are replaced or removed", async () => {
		const window = await test.ready()
		const staticKeys = { accessKeyId: "AKIDCANARY", secretAccessKey: "canary-1", sessionToken: "canary-2" }
		await window.save({ serviceTier: "flex" }, { staticKeys })
		await window.save({ serviceTier: "flex" })
		expect([...test.stores.secrets.values.keys()]).toEqual(["staticKeys:demo"])
		expect(await window.settings.secrets("demo")).toEqual({ staticKeys })
		expect(window.state().staticKeysSetFor).toEqual(["demo"])
		expect(JSON.stringify([...test.stores.global.values, ...window.posted])).not.toMatch(/canary/i)

		await window.save({ serviceTier: "flex" }, { staticKeys: null })
		expect(window.state().staticKeysSetFor).toEqual([])
		expect(test.stores.secrets.values.size).toBe(0)
	})

	it("that cannot be read are put aside and reported, not lost", async () => {
		const damaged = { version: 1, activeProfileId: "default", profiles: "gone" }
		await test.stores.global.set("settings", damaged)
		expect((await test.ready()).state().activeProfileId).toBe("demo")
		expect(test.stores.global.get("settings.damaged")).toEqual(damaged)
		expect(test.problems).toEqual([expect.stringContaining("profiles")])
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
		test.readPriceList = async (region) => ({ ...refreshed, region })
		const window = await test.ready()
		await window.session.handle({ type: "refresh-prices" })
		expect(
			window.posted.flatMap((message) => (message.type === "state" ? [message.state.refreshing] : [])),
		).toEqual([false, true, false])
		const reloaded = await test.ready()
		expect(reloaded.state().refreshedPrices).toEqual(refreshed)
		await reloaded.send("Hi")
		// 1,000 × $0.20 + 100 × $0.80 per million
		expect(reloaded.posted.at(-1)).toMatchObject({
			message: { request: { totalUsd: expect.closeTo(0.00028, 12), card: { origin: "refreshed" } } },
		})
		await reloaded.session.handle({ type: "remove-refreshed-prices" })
		expect((await test.ready()).state().refreshedPrices).toBeNull()
	})

	it("are those of an ARN's own region where the model is named by one", async () => {
		const asked: string[] = []
		test.readPriceList = async (region) => {
			asked.push(region)
			return { ...refreshed, region }
		}
		const window = await test.ready()
		const modelId = "arn:aws:bedrock:eu-west-2::foundation-model/openai.gpt-oss-120b-1:0"
		await window.save({ modelId })
		await window.session.handle({ type: "refresh-prices" })
		expect(asked).toEqual(["eu-west-2"])
		expect(window.state().refreshedPrices?.region).toBe("eu-west-2")
	})

	it("that cannot be had are reported, and what there was stays", async () => {
		test.readPriceList = async () => refreshed
		const window = await test.ready()
		await window.session.handle({ type: "refresh-prices" })
		test.readPriceList = async () => Promise.reject(new Error("This machine is off-line."))
		await window.session.handle({ type: "refresh-prices" })
		expect(test.problems).toEqual(["This machine is off-line."])
		expect(window.state()).toMatchObject({ refreshedPrices: refreshed, refreshing: false })
	})

	it("that were called off change nothing", async () => {
		const window = await test.ready()
		await window.session.handle({ type: "refresh-prices" })
		expect(window.state()).toMatchObject({ refreshedPrices: null, refreshing: false })
		expect(test.problems).toEqual([])
	})
})

describe("Discount and own prices", () => {
	it("are in the price of the next request, and kept with it", async () => {
		const window = await test.ready()
		await window.save({ discountPercent: 10 })
		await window.send("Hi")
		// $0.00021 less 10 %
		expect(window.posted.at(-1)).toMatchObject({
			message: { request: { totalUsd: expect.closeTo(0.000189, 12), discountPercent: 10 } },
		})
	})
})
