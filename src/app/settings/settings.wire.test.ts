import { detail } from "@bedrock-tiers/error-details"
import { describe, expect, it } from "vitest"
import { memoryStore } from "@bedrock-tiers/test-kit/hosts/memory-stores"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"
import { refreshedPrices } from "@bedrock-tiers/test-kit/samples/view-state"

/** Profiles, settings, secrets and prices as the webview sees them. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

describe("Profiles", () => {
	it("include the demo profile, which is active by default, while an emulator runs", async () => {
		const { state } = await test.ready()
		expect(state().profiles.map(({ name }) => name)).toEqual(["Amazon Bedrock", "Local demo (emulator)"])
		expect(state().activeProfileId).toBe("demo")
	})

	it("leave out the demo profile without an emulator, and restore its settings with the emulator", async () => {
		await (await test.ready()).save({ serviceTier: "flex" })
		expect((await test.ready({ demo: false })).state().activeProfileId).toBe("default")
		expect((await test.ready()).settings.activeProfile).toMatchObject({
			id: "demo",
			settings: { serviceTier: "flex" },
		})
	})

	it("remain unchanged when the selected profile does not exist", async () => {
		const window = await test.ready()
		const before = [...test.stores.global.values]
		await window.session.handle({ type: "select-profile", profileId: "nobody" })
		expect(window.posted.at(-1)).toMatchObject({ type: "refused", field: "profileId" })
		expect([...test.stores.global.values]).toEqual(before)
	})
})

describe("The list of profiles", () => {
	const names = (window: SessionWindow) => window.state().profiles.map(({ name }) => name)
	const idOf = (window: SessionWindow, name: string) =>
		window.state().profiles.find((profile) => profile.name === name)?.id ?? ""
	const secrets = { accessKeyId: "AKIDCANARY", secretAccessKey: "canary-1" }

	it("gets a new profile, which becomes active, also after a reload", async () => {
		const window = await test.ready()
		await window.session.handle({ type: "add-profile", requestId: "r1", name: "Work" })
		expect(window.posted.slice(-2)).toMatchObject([{ type: "done", requestId: "r1" }, { type: "state-changed" }])
		expect(names(window)).toEqual(["Amazon Bedrock", "Local demo (emulator)", "Work"])
		expect(window.state().activeProfileId).toBe(idOf(window, "Work"))
		expect((await test.ready()).settings.activeProfile.name).toBe("Work")
	})

	it("has unique names ignoring case, and a profile can change the case of its own name", async () => {
		const window = await test.ready()
		await window.session.handle({ type: "add-profile", requestId: "r1", name: "amazon bedrock" })
		const refused = {
			type: "refused",
			field: "name",
			details: [detail("profile.name-taken", { name: "Amazon Bedrock" })],
		}
		expect(window.posted.at(-1)).toEqual({ ...refused, requestId: "r1" })
		const renamed = { type: "rename-profile", requestId: "r2", profileId: "demo", name: "AMAZON Bedrock" } as const
		await window.session.handle(renamed)
		expect(window.posted.at(-1)).toEqual({ ...refused, requestId: "r2" })
		await window.session.handle({ ...renamed, requestId: "r3", name: "LOCAL demo (emulator)" })
		expect(names(window)).toEqual(["Amazon Bedrock", "LOCAL demo (emulator)"])
	})

	it("gets a duplicate of a profile with its settings and without its secrets", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" }, { apiKey: "canary-key", staticKeys: secrets })
		await window.session.handle({ type: "duplicate-profile", requestId: "r2", profileId: "demo", name: "Second" })
		const second = window.settings.activeProfile
		expect(second).toMatchObject({ name: "Second", kind: "demo", settings: { serviceTier: "flex" } })
		expect(window.state()).toMatchObject({ apiKeySetFor: ["demo"], staticKeysSetFor: ["demo"] })
		expect(await window.settings.secrets(second.id)).toEqual({})
	})

	it("loses a deleted profile with its secrets, and its neighbor becomes active", async () => {
		const window = await test.ready()
		await window.session.handle({ type: "add-profile", requestId: "r1", name: "Work" })
		const profileId = idOf(window, "Work")
		await window.save({ serviceTier: "flex" }, { apiKey: "canary-key", staticKeys: secrets })
		expect([...test.stores.secrets.values.keys()]).toEqual([`apiKey:${profileId}`, `staticKeys:${profileId}`])
		await window.session.handle({ type: "delete-profile", requestId: "r2", profileId })
		expect(names(window)).toEqual(["Amazon Bedrock", "Local demo (emulator)"])
		expect(window.state().activeProfileId).toBe("demo")
		expect(test.stores.secrets.values.size).toBe(0)
	})

	it.each([
		["default", detail("profile.not-deletable", { name: "Amazon Bedrock" })],
		["demo", detail("profile.not-deletable", { name: "Local demo (emulator)" })],
		["absent", detail("profile.not-found")],
	])("is unchanged when a profile cannot be deleted: %s", async (profileId, reason) => {
		const window = await test.ready()
		await window.session.handle({ type: "delete-profile", requestId: "r1", profileId })
		expect(window.posted.at(-1)).toEqual({
			type: "refused",
			requestId: "r1",
			field: "profileId",
			details: [reason],
		})
		expect(names(window)).toEqual(["Amazon Bedrock", "Local demo (emulator)"])
	})

	it("stores that the user knows the price of Priority for the profile that was saved with it", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		expect(window.settings.activeProfile.knowsPriority).toBeUndefined()
		await window.save({ serviceTier: "priority" })
		await window.save({ serviceTier: "default" })
		expect((await test.ready()).settings.activeProfile.knowsPriority).toBe(true)
	})
})

describe("Two windows", () => {
	const twoWindows = async () => [await test.ready(), await test.ready({ window: memoryStore() })] as const
	const save = async ({ session, settings }: SessionWindow, change: object, base = settings.activeProfile.settings) =>
		session.handle({
			type: "save-settings",
			requestId: "r1",
			profileId: settings.activeProfile.id,
			settings: { ...base, ...change },
			base,
		})

	it("retain the profiles that the other window added or renamed", async () => {
		const [one, two] = await twoWindows()
		await one.session.handle({ type: "add-profile", requestId: "r1", name: "One" })
		await two.session.handle({ type: "add-profile", requestId: "r1", name: "Two" })
		await one.session.handle({ type: "rename-profile", requestId: "r2", profileId: "default", name: "Renamed" })
		expect(one.state().profiles.map(({ name }) => name)).toEqual(["Renamed", "Local demo (emulator)", "One", "Two"])
	})

	it("retain each other's changes of different settings; for the same setting the last change applies", async () => {
		const [one, two] = await twoWindows()
		const { settings } = two.settings.activeProfile
		await save(one, { region: "eu-west-1", serviceTier: "flex" })
		await save(two, { discountPercent: 10, serviceTier: "priority" }, settings)
		expect(two.settings.activeProfile.settings).toMatchObject({
			region: "eu-west-1",
			discountPercent: 10,
			serviceTier: "priority",
		})
	})

	it("read the other window's changes, and keep their own active profile", async () => {
		const [one, two] = await twoWindows()
		await one.session.handle({ type: "select-profile", profileId: "default" })
		await save(one, { region: "eu-west-1" })
		const before = two.posted.length
		await two.session.reloadSettings()
		expect(two.state().activeProfileId).toBe("demo")
		expect(two.state().profiles[0]?.settings.region).toBe("eu-west-1")
		await two.session.reloadSettings()
		expect(two.posted).toHaveLength(before + 1)
	})

	it("do not restore a profile that the other window deleted", async () => {
		const [one, two] = await twoWindows()
		await one.session.handle({ type: "add-profile", requestId: "r1", name: "Work" })
		const { id } = one.settings.activeProfile
		await two.session.reloadSettings()
		await two.session.handle({ type: "select-profile", profileId: id })
		await one.session.handle({ type: "delete-profile", requestId: "r2", profileId: id })
		await two.save({ serviceTier: "flex" }, { apiKey: "canary-key" })
		expect(two.posted.at(-1)).toMatchObject({ type: "refused", details: [detail("profile.not-found")] })
		expect(test.stores.secrets.values.size).toBe(0)
		await two.session.reloadSettings()
		expect(two.state().profiles.map(({ name }) => name)).toEqual(["Amazon Bedrock", "Local demo (emulator)"])
		expect(two.state().activeProfileId).toBe("default")
	})
})

describe("Settings", () => {
	it("are saved, confirmed, and survive a reload", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		expect(window.posted.map(({ type }) => type)).toEqual(["state", "saved", "state-changed"])
		expect((await test.ready()).settings.activeProfile.settings.serviceTier).toBe("flex")
	})

	it("contain no API key, which is only in the secret store", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" }, { apiKey: "canary-key-0123456789" })
		expect(test.stores.secrets.values).toEqual(new Map([["apiKey:demo", "canary-key-0123456789"]]))
		expect(window.state().apiKeySetFor).toEqual(["demo"])
		expect(JSON.stringify([...test.stores.global.values, ...window.posted])).not.toContain("canary-key")
	})

	it("contain no access keys, which remain in the secret store until they are replaced or removed", async () => {
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
})

describe("Refreshed prices", () => {
	const refreshed = refreshedPrices()

	it("price the next request, survive a reload, and can be removed", async () => {
		test.readPriceList = async (region) => ({ ...refreshed, region })
		const window = await test.ready()
		await window.session.handle({ type: "refresh-prices" })
		expect(
			window.posted.flatMap((message) => (message.type === "state-changed" ? [message.changes.refreshing] : [])),
		).toEqual([true, false])
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

	it("are requested for the region of the ARN when the model is an ARN", async () => {
		const requestedRegions: string[] = []
		test.readPriceList = async (region) => {
			requestedRegions.push(region)
			return { ...refreshed, region }
		}
		const window = await test.ready()
		const modelId = "arn:aws:bedrock:eu-west-2::foundation-model/openai.gpt-oss-120b-1:0"
		await window.save({ modelId })
		await window.session.handle({ type: "refresh-prices" })
		expect(requestedRegions).toEqual(["eu-west-2"])
		expect(window.state().refreshedPrices?.region).toBe("eu-west-2")
	})

	it("remain unchanged when a refresh fails, which is reported", async () => {
		test.readPriceList = async () => refreshed
		const window = await test.ready()
		await window.session.handle({ type: "refresh-prices" })
		test.readPriceList = async () => Promise.reject(new Error("This machine is off-line."))
		await window.session.handle({ type: "refresh-prices" })
		expect(test.problems).toEqual(["This machine is off-line."])
		expect(window.state()).toMatchObject({ refreshedPrices: refreshed, refreshing: false })
	})

	it("remain unchanged when the user cancels a refresh", async () => {
		const window = await test.ready()
		await window.session.handle({ type: "refresh-prices" })
		expect(window.state()).toMatchObject({ refreshedPrices: null, refreshing: false })
		expect(test.problems).toEqual([])
	})
})

describe("A discount", () => {
	it("is included in the price of the next request and stored with it", async () => {
		const window = await test.ready()
		await window.save({ discountPercent: 10 })
		await window.send("Hi")
		// $0.00021 minus 10 %
		expect(window.posted.at(-1)).toMatchObject({
			message: { request: { totalUsd: expect.closeTo(0.000189, 12), discountPercent: 10 } },
		})
	})
})
