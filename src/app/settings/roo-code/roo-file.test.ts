import type { Profile, ProfileSecrets } from "@bedrock-tiers/protocol"
import { globalSettingsSchema, providerSettingsWithIdSchema } from "@roo-code/types"
import { describe, expect, it } from "vitest"
import { newProfile } from "../profile-list"
import { nameFromRoo, readRooFile, writeRooFile } from "./roo-file"
import { ours, SONNET } from "./testing/through-roo"

const NOVA = { apiProvider: "bedrock", apiModelId: "amazon.nova-pro-v1:0", awsRegion: "us-east-1" }
const file = (apiConfigs: object, more: object = {}) =>
	JSON.stringify({ providerProfiles: { currentApiConfigName: "work", apiConfigs, ...more }, globalSettings: {} })
const readable = (text: string) => {
	const read = readRooFile(text)
	if (!read.ok) throw new Error(read.sentence)
	return read
}

describe("A file of Roo Code's settings", () => {
	it("gives its Bedrock profiles with what cannot be taken over, and names the others as left out", () => {
		const work = {
			...NOVA,
			id: "abc1",
			awsBedrockServiceTier: "FLEX",
			awsUseApiKey: true,
			awsApiKey: "canary-key",
			rateLimitSeconds: 5,
		}
		const read = readable(
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
				settings: ours({
					modelId: "amazon.nova-pro-v1:0",
					region: "us-east-1",
					route: "in-region",
					serviceTier: "flex",
					credentials: { method: "api-key" },
				}),
				secrets: { apiKey: "canary-key" },
				untaken: [
					{
						code: "no-such-setting",
						field: "rateLimitSeconds",
						sentence: "There is no setting here for Roo Code's rateLimitSeconds.",
					},
				],
			},
		])
		expect(read.leftOut).toEqual([
			{ name: "claude", reason: "It is for another provider: anthropic." },
			{ name: "blank", reason: "It names no provider." },
			{ name: "broken", reason: "It could not be read." },
		])
		expect(JSON.stringify([read.leftOut, read.profiles[0]?.untaken])).not.toContain("canary")
	})

	it.each([
		["", "This file is not JSON, so it holds no settings of Roo Code."],
		["{", "This file is not JSON, so it holds no settings of Roo Code."],
		...["null", "[]", "7", '{"providerProfiles":[]}', '{"providerProfiles":{"apiConfigs":[]}}'].map((text) => [
			text,
			"This file holds no profiles of Roo Code: it is not one that Roo Code exported.",
		]),
		[
			file(Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`p${index}`, NOVA]))),
			"The file holds 501 profiles, more than 500.",
		],
	])("that is none is refused in one sentence: %.40s", (text, sentence) => {
		expect(readRooFile(text ?? "")).toEqual({ ok: false, sentence })
	})

	it("may have a profile named as no object's member should be", () => {
		const text = `{"providerProfiles":{"apiConfigs":{"__proto__":${JSON.stringify(NOVA)}}}}`
		expect(readable(text).profiles.map(({ name }) => name)).toEqual(["__proto__"])
	})

	it.each([
		["Work", "Work"],
		["  two\nlines\t", "two lines"],
		["", "Roo Code"],
		["\u0000", "Roo Code"],
		["x".repeat(200), "x".repeat(80)],
	])("the name %j becomes %j", (name, expected) => expect(nameFromRoo(name)).toBe(expected))
})

describe("A file for Roo Code", () => {
	const secrets: ProfileSecrets = {
		apiKey: "canary-api-key",
		staticKeys: { accessKeyId: "AKIDCANARY", secretAccessKey: "canary-secret" },
	}
	const one: Profile = newProfile("Work", ours({ modelId: SONNET, route: "geo", credentials: { method: "api-key" } }))
	const two: Profile = newProfile("Second", ours({ serviceTier: "priority", backgroundTier: "flex" }))

	it("is one that its published schemas accept, with what it has no place for told", () => {
		const { text, profiles } = writeRooFile([{ profile: one }, { profile: two }], "Second")
		const { providerProfiles, globalSettings, ...rest } = JSON.parse(text)
		expect([globalSettingsSchema.parse(globalSettings), rest]).toEqual([{}, {}])
		expect(providerProfiles).toEqual({ currentApiConfigName: "Second", apiConfigs: expect.anything() })
		const configs = Object.values(providerProfiles.apiConfigs)
		// Nothing that the schema would drop.
		expect(configs.map((config) => providerSettingsWithIdSchema.parse(config))).toEqual(configs)
		expect(providerProfiles.apiConfigs).toMatchObject({
			Work: { apiModelId: SONNET },
			Second: { awsBedrockServiceTier: "PRIORITY" },
		})
		expect(profiles.map(({ name, untaken }) => [name, untaken.map(({ code }) => code)])).toEqual([
			["Work", ["secret-left-out"]],
			["Second", ["differs", "no-such-setting"]],
		])
	})

	it("holds keys only where they are handed in, and only those of the method in use", () => {
		expect(writeRooFile([{ profile: one }], "Work").text).not.toMatch(/canary/i)
		const { text } = writeRooFile([{ profile: one, secrets }], "Work")
		expect(text).toContain("canary-api-key")
		expect(text).not.toContain("AKIDCANARY")
	})

	it("is read back as what was written", () => {
		const { text } = writeRooFile([{ profile: one, secrets }, { profile: two }], "Work")
		const read = readable(text)
		expect(read.leftOut).toEqual([])
		expect(read.profiles.map(({ name }) => name)).toEqual(["Work", "Second"])
		expect(read.profiles[0]).toMatchObject({ settings: one.settings, secrets: { apiKey: "canary-api-key" } })
		expect(read.profiles[1]?.settings).toEqual({ ...two.settings, route: "in-region", backgroundTier: "same" })
	})
})
