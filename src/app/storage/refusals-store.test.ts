import { reportTo } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { TierRequest } from "@bedrock-tiers/protocol"
import { RefusalsStore } from "./refusals-store"

const FLEX: TierRequest = {
	modelId: "openai.gpt-oss-120b-1:0",
	api: "converse",
	region: "us-east-1",
	route: "in-region",
	tier: "flex",
}
const PRIORITY: TierRequest = { ...FLEX, tier: "priority" }

let folder: string
let file: string
let problems: string[]
let now: Date
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-"))
	file = join(folder, "refusals.json")
	problems = []
	now = new Date("2026-11-22T10:00:00.000Z")
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The store of one window. A second one on the same file is another window or a reload. */
const open = () => new RefusalsStore(file, { reportProblem: reportTo(problems), now: () => now })
const tiers = async (store = open()) => (await store.load()).map(({ tierRequest }) => tierRequest.tier)

describe("A remembered refusal", () => {
	it("expires after seven days, also for the next window", async () => {
		await open().remember("work", FLEX)
		expect(await open().load()).toEqual([
			{
				profileId: "work",
				tierRequest: FLEX,
				refusedAt: "2026-11-22T10:00:00.000Z",
				rememberedUntil: "2026-11-29T10:00:00.000Z",
			},
		])
		now = new Date("2026-11-29T09:59:59.999Z")
		expect(await tiers()).toEqual(["flex"])
		now = new Date("2026-11-29T10:00:00.000Z")
		expect(await tiers()).toEqual([])
	})

	it("is removed from the file by the next change after it expired", async () => {
		await open().remember("work", FLEX)
		now = new Date("2026-12-01T10:00:00.000Z")
		await open().remember("work", PRIORITY)
		expect(readFileSync(file, "utf8")).not.toContain("flex")
	})

	it("is stored once when it is repeated, and its expiry is extended", async () => {
		await open().remember("work", FLEX)
		now = new Date("2026-11-24T10:00:00.000Z")
		const refusals = await open().remember("work", FLEX)
		expect(refusals.map(({ rememberedUntil }) => rememberedUntil)).toEqual(["2026-12-01T10:00:00.000Z"])
	})

	it("is forgotten without those of another tier, model, API, region or profile", async () => {
		const others: [string, TierRequest][] = [
			["home", FLEX],
			["work", PRIORITY],
			["work", { ...FLEX, modelId: "openai.gpt-oss-20b-1:0" }],
			["work", { ...FLEX, api: "invoke-model" }],
			["work", { ...FLEX, region: "us-west-2" }],
		]
		const store = open()
		for (const [profileId, tierRequest] of [["work", FLEX] as const, ...others])
			await store.remember(profileId, tierRequest)
		const left = await store.forget("work", FLEX)
		expect(left.map(({ profileId, tierRequest }) => [profileId, tierRequest])).toEqual(others)
		expect(await open().load()).toEqual(left)
	})
})

describe("Several writers", () => {
	it("retain the refusals that another window stored", async () => {
		const [one, other] = [open(), open()]
		await one.load()
		await other.remember("work", PRIORITY)
		await one.remember("work", FLEX)
		expect(await tiers(other)).toEqual(["priority", "flex"])
	})

	it("retain the refusals that two windows remember at the same time", async () => {
		const windows = [open(), open()]
		const regions = ["us-east-1", "us-east-2", "us-west-2", "eu-west-1"]
		await Promise.all(regions.map((region, index) => windows[index % 2]?.remember("work", { ...FLEX, region })))
		expect((await open().load()).map(({ tierRequest }) => tierRequest.region).sort()).toEqual(regions.toSorted())
	})

	it("include a pending refusal in the next read", async () => {
		const store = open()
		const written = store.remember("work", FLEX)
		expect(await tiers(store)).toEqual(["flex"])
		await written
	})

	it("retain all refusals that one window remembers at the same time", async () => {
		const store = open()
		const regions = ["us-east-1", "us-east-2", "us-west-2", "eu-west-1"]
		await Promise.all(regions.map((region) => store.remember("work", { ...FLEX, region })))
		expect((await open().load()).map(({ tierRequest }) => tierRequest.region)).toEqual(regions)
	})
})

describe("The refusals file", () => {
	it.each([["{"], ["[]"], ["null"], [""], ['{"version":2,"refusals":[]}']])(
		"is quarantined and reported when it is damaged (%j), and the next refusal is stored",
		async (text) => {
			writeFileSync(file, text)
			expect(await tiers()).toEqual([])
			expect(readFileSync(`${file}.damaged`, "utf8")).toBe(text)
			expect(problems).toHaveLength(1)
			await open().remember("work", FLEX)
			expect(await tiers()).toEqual(["flex"])
			expect(problems).toHaveLength(1)
		},
	)

	it("loses only a damaged entry, and the original is quarantined", async () => {
		await open().remember("work", FLEX)
		const stored = JSON.parse(readFileSync(file, "utf8")) as { refusals: unknown[] }
		const [refusal] = stored.refusals as object[]
		const damaged = [null, 7, { ...refusal, rememberedUntil: "soon" }, { ...refusal, secret: "x" }]
		const text = JSON.stringify({ version: 1, refusals: [...damaged, refusal] })
		writeFileSync(file, text)
		expect(await tiers()).toEqual(["flex"])
		expect(await tiers()).toEqual(["flex"])
		expect(readFileSync(`${file}.damaged`, "utf8")).toBe(text)
		expect(problems).toHaveLength(1)
	})

	it("makes `remember` reject when it cannot be written, and later changes work", async () => {
		const store = new RefusalsStore(join(file, "deeper.json"), { reportProblem: () => undefined })
		writeFileSync(file, "a file where the folder should be")
		await expect(store.remember("work", FLEX)).rejects.toThrow()
		rmSync(file)
		await store.remember("work", FLEX)
		expect(readdirSync(file)).toEqual(["deeper.json"])
	})
})
