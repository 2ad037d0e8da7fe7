import { reportTo } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { FileStore } from "./file-store"

let folder: string
let file: string
let problems: string[]
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-"))
	file = join(folder, "deep", "state.json")
	problems = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = () => new FileStore(file, reportTo(problems))

/** A store with its own module instances, as in a separate process. */
async function windowStore() {
	vi.resetModules()
	const { FileStore: OtherFileStore } = await import("./file-store")
	return new OtherFileStore(file, reportTo(problems))
}

describe("FileStore", () => {
	it("has written a value to the file when `set` resolves, and the next window reads it", async () => {
		await open().set("settings", { tier: "flex" })
		expect(open().get("settings")).toEqual({ tier: "flex" })
		expect(problems).toEqual([])
	})

	it("stores the last of several values that are set at the same time", async () => {
		const store = open()
		await Promise.all([1, 2, 3, 4, 5].map((value) => store.set("count", value)))
		expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ count: 5 })
		expect(readdirSync(join(folder, "deep"))).toEqual(["state.json"])
	})

	it("retains the previous value when the file cannot be written", async () => {
		const store = open()
		await store.set("settings", "old")
		rmSync(join(folder, "deep"), { recursive: true })
		writeFileSync(join(folder, "deep"), "a file where the folder should be")
		await expect(store.set("settings", "new")).rejects.toThrow()
		expect(store.get("settings")).toBe("old")
	})

	it("stores the values of all windows that write at the same time", async () => {
		const [one, two] = [await windowStore(), await windowStore()]
		const increment = (value: unknown) => ((value as number | undefined) ?? 0) + 1
		await Promise.all(
			Array.from({ length: 20 }, () => [one.update("count", increment), two.update("count", increment)]).flat(),
		)
		expect(open().get("count")).toBe(40)
		await Promise.all([one.set("one", 1), two.set("two", 2)])
		expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ count: 40, one: 1, two: 2 })
		expect(readdirSync(join(folder, "deep"))).toEqual(["state.json"])
	})

	it("ignores the stale lock of a window that ended while writing", async () => {
		mkdirSync(join(folder, "deep"))
		writeFileSync(`${file}.lock`, "")
		const elevenSecondsAgo = new Date(Date.now() - 11_000)
		utimesSync(`${file}.lock`, elevenSecondsAgo, elevenSecondsAgo)
		await open().set("settings", "new")
		expect(open().get("settings")).toBe("new")
	})

	it("returns values of other windows after a reload", async () => {
		const [one, two] = [open(), open()]
		await two.set("settings", "other")
		expect(one.get("settings")).toBeUndefined()
		one.reload()
		expect(one.get("settings")).toBe("other")
	})

	it.each([["{"], ["[]"], ["null"], [""]])("quarantines and reports a damaged file: %j", (text) => {
		mkdirSync(join(folder, "deep"))
		writeFileSync(file, text)
		expect(open().get("settings")).toBeUndefined()
		expect(readFileSync(`${file}.damaged`, "utf8")).toBe(text)
		expect(problems).toHaveLength(1)
	})
})
