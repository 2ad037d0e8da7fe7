import { detail, DetailedError } from "@bedrock-tiers/error-details"
import type { Profile, ProfileSecrets } from "@bedrock-tiers/protocol"
import { globalSettingsSchema, providerSettingsWithIdSchema } from "@roo-code/types"
import { describe, expect, it } from "vitest"
import { newProfile } from "../profile-list"
import { nameFromRoo, readRooFile, writeRooFile } from "./roo-file"
import { settingsWith, SONNET } from "./testing/roo-schema"

const NOVA = { apiProvider: "bedrock", apiModelId: "amazon.nova-pro-v1:0", awsRegion: "us-east-1" }
const file = (apiConfigs: object, more: object = {}) =>
	JSON.stringify({ providerProfiles: { currentApiConfigName: "work", apiConfigs, ...more }, globalSettings: {} })
const readValidFile = (text: string) => {
	const result = readRooFile(text)
	if (!result.ok) throw new DetailedError(result.detail)
	return result
}

describe("readRooFile", () => {
	it("returns the Bedrock profiles with their skipped settings, and lists the other profiles as left out", () => {
		const work = {
			...NOVA,
			id: "abc1",
			awsBedrockServiceTier: "FLEX",
			awsUseApiKey: true,
			awsApiKey: "canary-key",
			rateLimitSeconds: 5,
		}
		const read = readValidFile(
			file(
				{
					work,
					claude: { apiProvider: "anthropic", apiKey: "canary-other" },
					blank: { id: "abc2" },
					broken: "canary-broken",
				},
				{ modeApiConfigs: { code: "abc1" } },
			),
		)
		expect(read.profiles).toEqual([
			{
				name: "work",
				settings: settingsWith({
					modelId: "amazon.nova-pro-v1:0",
					region: "us-east-1",
					route: "in-region",
					serviceTier: "flex",
					credentials: { method: "api-key" },
				}),
				secrets: { apiKey: "canary-key" },
				skipped: [
					{
						code: "no-such-setting",
						field: "rateLimitSeconds",
						detail: detail("roo.field-unknown", { field: "rateLimitSeconds" }),
					},
				],
			},
		])
		expect(read.leftOut).toEqual([
			{ name: "claude", reason: [detail("roo.other-provider", { provider: "anthropic" })] },
			{ name: "blank", reason: [detail("roo.provider-missing")] },
			{ name: "broken", reason: [detail("roo.profile-unreadable")] },
		])
		expect(JSON.stringify([read.leftOut, read.profiles[0]?.skipped])).not.toContain("canary")
	})

	it.each([
		["", detail("roo.not-json")],
		["{", detail("roo.not-json")],
		...["null", "[]", "7", '{"providerProfiles":[]}', '{"providerProfiles":{"apiConfigs":[]}}'].map(
			(text) => [text, detail("roo.no-profiles")] as const,
		),
		[
			file(Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`p${index}`, NOVA]))),
			detail("roo.too-many-profiles", { profiles: 501, max: 500 }),
		],
	] as const)("rejects an invalid file with the reason: %.40s", (text, reason) => {
		expect(readRooFile(text)).toEqual({ ok: false, detail: reason })
	})

	it("reads a profile with the name __proto__", () => {
		const text = `{"providerProfiles":{"apiConfigs":{"__proto__":${JSON.stringify(NOVA)}}}}`
		expect(readValidFile(text).profiles.map(({ name }) => name)).toEqual(["__proto__"])
	})

	it.each([
		["Work", "Work"],
		["  two\nlines\t", "two lines"],
		["", "Roo Code"],
		["\u0000", "Roo Code"],
		["x".repeat(200), "x".repeat(80)],
	])("has profile names that nameFromRoo converts from %j to %j", (name, expected) =>
		expect(nameFromRoo(name)).toBe(expected),
	)
})

describe("writeRooFile", () => {
	const secrets: ProfileSecrets = {
		apiKey: "canary-api-key",
		staticKeys: { accessKeyId: "AKIDCANARY", secretAccessKey: "canary-secret" },
	}
	const one: Profile = newProfile(
		"Work",
		settingsWith({ modelId: SONNET, route: "geo", credentials: { method: "api-key" } }),
	)
	const two: Profile = newProfile("Second", settingsWith({ serviceTier: "priority", backgroundTier: "flex" }))

	it("writes a file that Roo Code's published schemas accept, and lists skipped settings", () => {
		const { text, profiles } = writeRooFile([{ profile: one }, { profile: two }], "Second")
		const { providerProfiles, globalSettings, ...rest } = JSON.parse(text)
		expect([globalSettingsSchema.parse(globalSettings), rest]).toEqual([{}, {}])
		expect(providerProfiles).toEqual({ currentApiConfigName: "Second", apiConfigs: expect.anything() })
		const configs = Object.values(providerProfiles.apiConfigs)
		// The file has no fields that the schema would drop.
		expect(configs.map((config) => providerSettingsWithIdSchema.parse(config))).toEqual(configs)
		expect(providerProfiles.apiConfigs).toMatchObject({
			Work: { apiModelId: SONNET },
			Second: { awsBedrockServiceTier: "PRIORITY" },
		})
		expect(profiles.map(({ name, skipped }) => [name, skipped.map(({ code }) => code)])).toEqual([
			["Work", ["secret-left-out"]],
			["Second", ["differs", "no-such-setting"]],
		])
	})

	it("writes keys only if they are passed, and only those of the credential method in use", () => {
		expect(writeRooFile([{ profile: one }], "Work").text).not.toMatch(/canary/i)
		const { text } = writeRooFile([{ profile: one, secrets }], "Work")
		expect(text).toContain("canary-api-key")
		expect(text).not.toContain("AKIDCANARY")
	})

	it("writes a file that readRooFile reads back", () => {
		const { text } = writeRooFile([{ profile: one, secrets }, { profile: two }], "Work")
		const read = readValidFile(text)
		expect(read.leftOut).toEqual([])
		expect(read.profiles.map(({ name }) => name)).toEqual(["Work", "Second"])
		expect(read.profiles[0]).toMatchObject({ settings: one.settings, secrets: { apiKey: "canary-api-key" } })
		expect(read.profiles[1]?.settings).toEqual({ ...two.settings, route: "in-region", backgroundTier: "same" })
	})
})
