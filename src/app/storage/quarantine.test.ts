import { reportTo } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DEFAULT_PROFILE_SETTINGS } from "@bedrock-tiers/protocol"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { memorySecrets, memoryStore } from "@bedrock-tiers/test-kit/hosts/memory-stores"
import { ChatStore, newChatRecord } from "./chat-store"
import { FileStore } from "./file-store"
import type { ReportProblem } from "../ports"
import { MAX_QUARANTINED_FILES, quarantineNames, quarantineCopy, quarantineFile, removeQuarantined } from "./quarantine"
import { RefreshedPricesStore } from "./refreshed-prices-store"
import { RefusalsStore } from "./refusals-store"
import { isValidSettingsValue, Settings } from "../settings/settings"

let folder: string
let file: string
let problems: string[]
const reportProblem: ReportProblem = (...details) => reportTo(problems)(...details)
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-"))
	file = join(folder, "state.json")
	problems = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const read = (name: string) => readFileSync(join(folder, name), "utf8")

describe("Quarantine of a damaged file", () => {
	it("moves the file to the first free name and leaves earlier quarantined files", () => {
		for (const text of ["one", "two", "three"]) {
			writeFileSync(file, text)
			quarantineFile(file)
		}
		expect(readdirSync(folder)).toEqual(["state.json.damaged", "state.json.damaged-2", "state.json.damaged-3"])
		expect(readdirSync(folder).map(read)).toEqual(["one", "two", "three"])
	})

	it("leaves the original when the file is copied", () => {
		writeFileSync(file, "one")
		expect(quarantineCopy(file)).toEqual({ path: `${file}.damaged`, isNew: true })
		expect([read("state.json"), read("state.json.damaged")]).toEqual(["one", "one"])
	})

	it("does not store an identical file again, even when an earlier name is free", () => {
		writeFileSync(`${file}.damaged-2`, "one")
		writeFileSync(file, "one")
		expect(quarantineCopy(file)).toEqual({ path: `${file}.damaged-2`, isNew: false })
		expect(quarantineFile(file)).toBe(`${file}.damaged-2`)
		expect(readdirSync(folder)).toEqual(["state.json.damaged-2"])
	})

	it("stores a file of the same length with different content separately", () => {
		writeFileSync(`${file}.damaged`, "one")
		writeFileSync(file, "two")
		expect(quarantineFile(file)).toBe(`${file}.damaged-2`)
	})

	it("moves a folder, too", () => {
		mkdirSync(file)
		expect(quarantineFile(file)).toBe(`${file}.damaged`)
	})

	it("returns undefined when the file no longer exists", () => {
		expect([quarantineFile(file), quarantineCopy(file)]).toEqual([undefined, undefined])
	})

	it("throws when there are 20 quarantined files, and overwrites none of them", () => {
		for (const [index, path] of quarantineNames(file).entries()) writeFileSync(path, `old ${index}`)
		writeFileSync(file, "new")
		const message = `A damaged file was not quarantined because 20 copies of it are already quarantined: ${file}`
		expect(() => quarantineFile(file)).toThrow(message)
		expect(() => quarantineCopy(file)).toThrow(message)
		expect(read("state.json")).toBe("new")
		expect(quarantineNames(file).map((path) => readFileSync(path, "utf8"))).toEqual(
			Array.from({ length: MAX_QUARANTINED_FILES }, (_, index) => `old ${index}`),
		)
	})

	it("leaves the file and throws the system's message when the file cannot be moved or copied", () => {
		// A file name may have 255 characters, so every quarantine name is too long.
		const long = join(folder, "a".repeat(255))
		writeFileSync(long, "one")
		for (const quarantine of [quarantineFile, quarantineCopy])
			expect(() => quarantine(long)).toThrow(/^A damaged file could not be quarantined: ENAMETOOLONG/)
		expect(readFileSync(long, "utf8")).toBe("one")
	})

	it("is emptied by removeQuarantined, which deletes all copies of the file", () => {
		for (const path of quarantineNames(file)) writeFileSync(path, "old")
		writeFileSync(join(folder, "other.json.damaged"), "stays")
		removeQuarantined(file)
		expect(readdirSync(folder)).toEqual(["other.json.damaged"])
	})
})

const openSettings = () =>
	new Settings({
		store: new FileStore(file, reportProblem, isValidSettingsValue),
		window: memoryStore(),
		secrets: memorySecrets(),
		confirm: async () => true,
		demo: false,
	})

const fill = (path: string) => {
	for (const [index, quarantined] of quarantineNames(path).entries()) writeFileSync(quarantined, `old ${index}`)
}
const NOT_QUARANTINED = /^A damaged file was not quarantined because 20 copies of it are already quarantined: /

describe("When there is no free quarantine name", () => {
	it("FileStore leaves the damaged file and rejects writes", async () => {
		fill(file)
		writeFileSync(file, "{")
		const store = new FileStore(file, reportProblem)
		expect(problems).toEqual([expect.stringMatching(NOT_QUARANTINED)])
		await expect(store.set("settings", "new")).rejects.toThrow(NOT_QUARANTINED)
		expect(read("state.json")).toBe("{")
	})

	it("RefreshedPricesStore reports that the file was not quarantined", async () => {
		const path = join(folder, "us-east-1.json")
		fill(path)
		writeFileSync(path, "{")
		expect(await new RefreshedPricesStore(folder, reportProblem).load("us-east-1")).toBeNull()
		expect(problems).toEqual([expect.stringMatching(NOT_QUARANTINED)])
		expect(read("us-east-1.json")).toBe("{")
	})

	it("RefusalsStore reports it once", async () => {
		fill(file)
		writeFileSync(file, "{")
		const store = new RefusalsStore(file, { reportProblem })
		await store.load()
		await store.load()
		expect(problems).toEqual([expect.stringMatching(NOT_QUARANTINED)])
	})

	it("ChatStore reports once why the original file was not copied", async () => {
		const id = "3b1f2a64-0000-4000-8000-000000000001"
		const path = join(folder, `${id}.json`)
		fill(path)
		writeFileSync(path, JSON.stringify({ version: 2, createdAt: "2026-11-22T10:00:00.000Z", messages: [7] }))
		const chats = new ChatStore(folder, reportProblem)
		await chats.load(id)
		await chats.load(id)
		expect(problems).toEqual([expect.stringMatching(NOT_QUARANTINED)])
	})

	it("Settings are not overwritten", async () => {
		fill(file)
		writeFileSync(file, '{"settings":7}')
		const settings = openSettings()
		expect(problems).toEqual([expect.stringMatching(NOT_QUARANTINED)])
		await expect(settings.save("default", DEFAULT_PROFILE_SETTINGS)).rejects.toThrow(NOT_QUARANTINED)
		expect(read("state.json")).toBe('{"settings":7}')
	})
})

describe("A second damaged version", () => {
	it("of settings is quarantined in addition to the first, and an identical one is not stored again", () => {
		for (const settings of [7, 8, 7, 8]) {
			writeFileSync(file, JSON.stringify({ settings }))
			openSettings()
		}
		expect(problems).toHaveLength(2)
		expect([read("state.json.damaged"), read("state.json.damaged-2")]).toEqual(['{"settings":7}', '{"settings":8}'])
		expect(readdirSync(folder)).toHaveLength(3)
	})

	it("of a chat is quarantined when a usage record is not an object, which would be read as no record", async () => {
		const id = "3b1f2a64-0000-4000-8000-000000000001"
		const message = { role: "assistant", id: "a", parts: [], status: "complete", error: null, request: false }
		const chat = { version: 2, createdAt: "2026-11-22T10:00:00.000Z", messages: [message] }
		writeFileSync(join(folder, `${id}.json`), JSON.stringify({ ...newChatRecord(new Date()), ...chat, id }))
		expect((await new ChatStore(folder, reportProblem).load(id))?.messages).toMatchObject([{ request: null }])
		expect(readdirSync(folder)).toContain(`${id}.json.damaged`)
	})

	it("of a chat is quarantined in addition to the first, and both are deleted with the chat", async () => {
		const id = "3b1f2a64-0000-4000-8000-000000000001"
		const chats = new ChatStore(folder, reportProblem)
		for (const message of [7, 8]) {
			const chat = { version: 2, createdAt: "2026-11-22T10:00:00.000Z", messages: [message] }
			writeFileSync(join(folder, `${id}.json`), JSON.stringify(chat))
			await chats.load(id)
			await chats.load(id)
		}
		expect(problems.map((problem) => problem.split(": ").at(-1))).toEqual([
			join(folder, `${id}.json.damaged`),
			join(folder, `${id}.json.damaged-2`),
		])
		expect([read(`${id}.json.damaged`), read(`${id}.json.damaged-2`)]).toEqual([
			expect.stringContaining('"messages":[7]'),
			expect.stringContaining('"messages":[8]'),
		])
		await chats.remove(id)
		expect(readdirSync(folder)).toEqual([])
	})
})
