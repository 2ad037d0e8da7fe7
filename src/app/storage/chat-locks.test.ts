import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { ChatLocks } from "./chat-locks"

const CHAT = "00000000-0000-4000-8000-000000000001"
let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-"))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const window = () => new ChatLocks(folder)
const lockFile = () => join(folder, `${CHAT}.lock`)

describe("A chat", () => {
	it("is one window's until it gives it back as often as it took it", async () => {
		const [one, other] = [window(), window()]
		expect(await one.take(CHAT)).toBe(true)
		expect(await one.take(CHAT)).toBe(true)
		expect(await other.take(CHAT)).toBe(false)
		expect([await one.isTakenElsewhere(CHAT), await other.isTakenElsewhere(CHAT)]).toEqual([false, true])
		await one.release(CHAT)
		expect(await other.take(CHAT)).toBe(false)
		await one.release(CHAT)
		expect(await other.take(CHAT)).toBe(true)
		await other.release(CHAT)
		expect(readdirSync(folder)).toEqual([])
	})

	it("is one window's when many want it at once", async () => {
		const windows = [window(), window(), window(), window()]
		const taken = await Promise.all(windows.map((each) => each.take(CHAT)))
		expect(taken.filter(Boolean)).toHaveLength(1)
		await Promise.all(windows.map((each) => each.release(CHAT)))
	})

	it.each([
		["whose process is gone", JSON.stringify({ owner: "x", pid: 2 ** 30 }), 0],
		["that said nothing for half a minute", JSON.stringify({ owner: "x", pid: process.pid }), 30_000],
		["whose file is damaged", "{", 3_000],
	])("is not held by a window %s", async (_, text, age) => {
		writeFileSync(lockFile(), text)
		const at = new Date(Date.now() - age)
		utimesSync(lockFile(), at, at)
		const one = window()
		expect(await one.isTakenElsewhere(CHAT)).toBe(false)
		expect(await one.take(CHAT)).toBe(true)
		await one.release(CHAT)
	})

	it("is held while the file of its window is being written", async () => {
		writeFileSync(lockFile(), "")
		expect(await window().take(CHAT)).toBe(false)
	})

	it("is not taken back from the window that took it over", async () => {
		const one = window()
		await one.take(CHAT)
		writeFileSync(lockFile(), JSON.stringify({ owner: "another window", pid: process.pid }))
		await one.release(CHAT)
		expect(readdirSync(folder)).toEqual([`${CHAT}.lock`])
	})

	it("goes on without a lock where none can be written", async () => {
		writeFileSync(join(folder, "file"), "")
		const one = new ChatLocks(join(folder, "file"))
		expect(await one.take(CHAT)).toBe(true)
		await one.release(CHAT)
	})
})
