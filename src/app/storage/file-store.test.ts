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

const open = () => new FileStore(file, (sentence) => problems.push(sentence))

/** With modules of its own, as in a process of its own. */
async function windowStore() {
	vi.resetModules()
	const { FileStore: OtherFileStore } = await import("./file-store")
	return new OtherFileStore(file, (sentence) => problems.push(sentence))
}

describe("Values in a file", () => {
	it("are in it when they were set, and there for the next window", async () => {
		await open().set("settings", { tier: "flex" })
		expect(open().get("settings")).toEqual({ tier: "flex" })
		expect(problems).toEqual([])
	})

	it("keep the last of many that were set at once", async () => {
		const store = open()
		await Promise.all([1, 2, 3, 4, 5].map((value) => store.set("count", value)))
		expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ count: 5 })
		expect(readdirSync(join(folder, "deep"))).toEqual(["state.json"])
	})

	it("stay as they were when the file cannot be written", async () => {
		const store = open()
		await store.set("settings", "old")
		rmSync(join(folder, "deep"), { recursive: true })
		writeFileSync(join(folder, "deep"), "a file where the folder should be")
		await expect(store.set("settings", "new")).rejects.toThrow()
		expect(store.get("settings")).toBe("old")
	})

	it("of windows that write at the same time are all there", async () => {
		const [one, two] = [await windowStore(), await windowStore()]
		const more = (value: unknown) => ((value as number | undefined) ?? 0) + 1
		await Promise.all(
			Array.from({ length: 20 }, () => [one.update("count", more), two.update("count", more)]).flat(),
		)
		expect(open().get("count")).toBe(40)
		await Promise.all([one.set("one", 1), two.set("two", 2)])
		expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ count: 40, one: 1, two: 2 })
		expect(readdirSync(join(folder, "deep"))).toEqual(["state.json"])
	})

	it("can be written again when a window went away in the middle of writing", async () => {
		mkdirSync(join(folder, "deep"))
		writeFileSync(`${file}.lock`, "")
		const eleven = new Date(Date.now() - 11_000)
		utimesSync(`${file}.lock`, eleven, eleven)
		await open().set("settings", "new")
		expect(open().get("settings")).toBe("new")
	})

	it("are read anew when that is asked for", async () => {
		const [one, two] = [open(), open()]
		await two.set("settings", "other")
		expect(one.get("settings")).toBeUndefined()
		one.reload()
		expect(one.get("settings")).toBe("other")
	})

	it.each([["{"], ["[]"], ["null"], [""]])("a damaged file (%j) is put aside and reported", (text) => {
		mkdirSync(join(folder, "deep"))
		writeFileSync(file, text)
		expect(open().get("settings")).toBeUndefined()
		expect(readFileSync(`${file}.damaged`, "utf8")).toBe(text)
		expect(problems).toHaveLength(1)
	})
})
