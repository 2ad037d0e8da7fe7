import { detail, DetailedError } from "@bedrock-tiers/error-details"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/** Import and export of Roo Code settings files through the session, as the webview sees them. */

const test = sessionUnderTest({ answer: "Hello there." })

const PERSONAL = {
	id: "a1",
	apiProvider: "bedrock",
	apiModelId: "amazon.nova-pro-v1:0",
	awsRegion: "eu-west-1",
	awsUseCrossRegionInference: true,
	awsBedrockServiceTier: "PRIORITY",
	awsAccessKey: "AKIDCANARY",
	awsSecretKey: "canary-secret",
}
const TEAM = {
	apiProvider: "bedrock",
	apiModelId: "openai.gpt-oss-120b-1:0",
	awsRegion: "us-east-1",
	awsUseApiKey: true,
	awsApiKey: "canary-api-key",
}
const FILE = {
	providerProfiles: {
		currentApiConfigName: "Amazon Bedrock",
		apiConfigs: { "Amazon Bedrock": PERSONAL, team: TEAM, other: { apiProvider: "openrouter" } },
	},
	globalSettings: {},
}

function userChooses(text: string) {
	test.files = { ...test.files, open: async () => ({ name: "roo-code-settings.json", text }) }
}
const names = (window: SessionWindow) => window.settings.profiles.map(({ name }) => name)
const BEFORE = ["Amazon Bedrock", "Local demo (emulator)"]

describe("Import", () => {
	it("previews the file without its keys before anything is added", async () => {
		userChooses(JSON.stringify(FILE))
		const window = await test.ready()
		await window.session.handle({ type: "choose-import" })
		expect(window.state().importPreview).toEqual({
			fileName: "roo-code-settings.json",
			profiles: [
				{
					name: "Amazon Bedrock",
					newName: "Amazon Bedrock (2)",
					modelId: "amazon.nova-pro-v1:0",
					region: "eu-west-1",
					serviceTier: "priority",
					method: "static-keys",
					hasSecrets: true,
					notes: [],
				},
				{
					name: "team",
					newName: "team",
					modelId: "openai.gpt-oss-120b-1:0",
					region: "us-east-1",
					serviceTier: "default",
					method: "api-key",
					hasSecrets: true,
					notes: [],
				},
			],
			leftOut: [{ name: "other", reason: [detail("roo.other-provider", { provider: "openrouter" })] }],
		})
		expect(names(window)).toEqual(BEFORE)
		expect(test.stores.secrets.values.size).toBe(0)
		await window.session.handle({ type: "leave-import" })
		expect(window.state().importPreview).toBeNull()
		expect(JSON.stringify(window.posted)).not.toMatch(/canary/i)
	})

	it("adds the chosen profiles, stores keys in the secret store only, and leaves the active profile", async () => {
		userChooses(JSON.stringify(FILE))
		const window = await test.ready()
		await window.session.handle({ type: "choose-import" })
		await window.session.handle({ type: "import-profiles", names: ["Amazon Bedrock"] })
		expect(names(window)).toEqual([...BEFORE, "Amazon Bedrock (2)"])
		const added = window.settings.profiles[2]
		expect(added?.settings).toMatchObject({ region: "eu-west-1", route: "geo", serviceTier: "priority" })
		expect(await window.settings.secrets(added?.id ?? "")).toEqual({
			staticKeys: { accessKeyId: "AKIDCANARY", secretAccessKey: "canary-secret" },
		})
		expect(window.state()).toMatchObject({ activeProfileId: "demo", importPreview: null })
		expect(JSON.stringify([...test.stores.global.values, ...window.posted, test.problems])).not.toMatch(/canary/i)
		expect((await test.ready()).settings.profiles.map(({ name }) => name)).toContain("Amazon Bedrock (2)")
	})

	it("gives each profile a unique name when a file is imported twice", async () => {
		userChooses(JSON.stringify(FILE))
		const window = await test.ready()
		for (let round = 0; round < 2; round++) {
			await window.session.handle({ type: "choose-import" })
			await window.session.handle({ type: "import-profiles", names: ["Amazon Bedrock", "team", "other", "none"] })
		}
		expect(names(window).slice(2)).toEqual(["Amazon Bedrock (2)", "team", "Amazon Bedrock (3)", "team (2)"])
	})

	it("refuses an invalid file with one message, and reports nothing when no file was chosen", async () => {
		const window = await test.ready()
		await window.session.handle({ type: "choose-import" })
		expect(window.posted.every(({ type }) => type.startsWith("state"))).toBe(true)
		userChooses("{")
		await window.session.handle({ type: "choose-import" })
		expect(window.posted.at(-1)).toEqual({
			type: "refused",
			requestId: null,
			field: "",
			details: [detail("roo.not-json")],
		})
		const tooLarge = detail("file.too-large", { maxMegabytes: 10 })
		test.files = { ...test.files, open: async () => Promise.reject(new DetailedError(tooLarge)) }
		await window.session.handle({ type: "choose-import" })
		expect(window.posted.at(-1)).toMatchObject({ type: "refused", details: [tooLarge] })
	})

	it("neither crashes on 200 damaged files nor removes a profile, and adds only valid profiles", async () => {
		const whole = JSON.stringify(FILE)
		const spliced = fc
			.tuple(fc.nat(whole.length), fc.nat(40), fc.string({ unit: "binary" }))
			.map(([at, length, inserted]) => whole.slice(0, at) + inserted + whole.slice(at + length))
		const otherValues = fc
			.dictionary(
				fc.constantFrom(...Object.keys(PERSONAL), ...Object.keys(TEAM), "modelMaxTokens"),
				fc.jsonValue(),
			)
			.map((part) => JSON.stringify(withConfig({ ...PERSONAL, ...part })))
		const otherShape = fc.tuple(fc.string({ unit: "binary" }), fc.jsonValue()).map(([name, value]) =>
			JSON.stringify({
				providerProfiles: {
					apiConfigs: Object.fromEntries([
						[name, value],
						[`${name}2`, TEAM],
					]),
				},
			}),
		)
		const anything = fc.jsonValue().map((value) => JSON.stringify(value))
		await fc.assert(
			fc.asyncProperty(fc.oneof(spliced, otherValues, otherShape, anything), async (text) => {
				userChooses(text)
				for (const store of Object.values(test.stores)) store.values.clear()
				// The fixture validates every posted message.
				const window = await test.ready()
				await window.session.handle({ type: "choose-import" })
				const previewed = window.state().importPreview?.profiles ?? []
				await window.session.handle({ type: "import-profiles", names: previewed.map(({ name }) => name) })
				const expected = [...BEFORE, ...previewed.map(({ newName }) => newName)]
				expect(names(window)).toEqual(expected)
				expect((await test.ready()).settings.profiles.map(({ name }) => name)).toEqual(expected)
				expect(test.problems).toEqual([])
			}),
			{ numRuns: 200 },
		)
	})
})

const withConfig = (config: object) => ({ providerProfiles: { apiConfigs: { work: config } } })

describe("Export", () => {
	async function exportProfiles(withSecrets: boolean, profileIds = ["default", "demo"]) {
		const window = await test.ready()
		const { settings } = window.settings.activeProfile
		await window.session.handle({
			type: "save-settings",
			requestId: "r1",
			profileId: "default",
			settings: { ...settings, serviceTier: "flex", discountPercent: 5, credentials: { method: "api-key" } },
			apiKey: "canary-api-key",
		})
		const saved: { name: string; text: string }[] = []
		test.files = {
			...test.files,
			save: async (name, text) => {
				saved.push({ name, text })
				return `/home/me/${name}`
			},
		}
		await window.session.handle({ type: "export-profiles", profileIds, withSecrets })
		return { window, saved, text: saved[0]?.text ?? "" }
	}

	it("writes the chosen profiles without their keys, and reports settings that Roo Code does not have", async () => {
		const { window, saved, text } = await exportProfiles(false)
		expect(saved.map(({ name }) => name)).toEqual(["roo-code-settings.json"])
		expect(Object.entries(JSON.parse(text).providerProfiles.apiConfigs)).toEqual([
			// The demo profile is not exported, because Roo Code cannot connect to the emulator.
			["Amazon Bedrock", expect.objectContaining({ apiProvider: "bedrock", awsBedrockServiceTier: "FLEX" })],
		])
		expect(text).not.toContain("canary")
		expect(window.posted.at(-1)).toEqual({
			type: "exported",
			report: {
				file: "/home/me/roo-code-settings.json",
				profiles: [
					{
						name: "Amazon Bedrock",
						notes: [
							detail("roo.route-fixed", { route: "in-region" }),
							detail("roo.api-key-not-exported"),
							detail("roo.no-setting.discountPercent"),
						],
					},
				],
			},
		})
	})

	it("writes keys into the file only when the user requests it, and nowhere else", async () => {
		const { window, text } = await exportProfiles(true)
		expect(text).toContain("canary-api-key")
		expect(JSON.stringify([...test.stores.global.values, ...window.posted])).not.toContain("canary")
	})

	it("reports nothing when the user canceled", async () => {
		const window = await test.ready()
		const before = window.posted.length
		await window.session.handle({ type: "export-profiles", profileIds: ["default"], withSecrets: false })
		expect(window.posted).toHaveLength(before)
	})
})
