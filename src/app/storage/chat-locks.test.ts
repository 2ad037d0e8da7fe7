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

describe("The lock of a chat", () => {
	it("is held by one window until it is released as often as it was acquired", async () => {
		const [one, other] = [window(), window()]
		expect(await one.acquire(CHAT)).toBe(true)
		expect(await one.acquire(CHAT)).toBe(true)
		expect(await other.acquire(CHAT)).toBe(false)
		expect([await one.isHeldElsewhere(CHAT), await other.isHeldElsewhere(CHAT)]).toEqual([false, true])
		await one.release(CHAT)
		expect(await other.acquire(CHAT)).toBe(false)
		await one.release(CHAT)
		expect(await other.acquire(CHAT)).toBe(true)
		await other.release(CHAT)
		expect(readdirSync(folder)).toEqual([])
	})

	it("is acquired by one of several windows that try at the same time", async () => {
		const windows = [window(), window(), window(), window()]
		const acquired = await Promise.all(windows.map((each) => each.acquire(CHAT)))
		expect(acquired.filter(Boolean)).toHaveLength(1)
		await Promise.all(windows.map((each) => each.release(CHAT)))
	})

	it.each([
		["whose process does not run", JSON.stringify({ owner: "x", pid: 2 ** 30 }), 0],
		["that has not renewed its lock for 30 seconds", JSON.stringify({ owner: "x", pid: process.pid }), 30_000],
		["whose lock file is damaged", "{", 3_000],
	])("is not held by a window %s", async (_, text, age) => {
		writeFileSync(lockFile(), text)
		const at = new Date(Date.now() - age)
		utimesSync(lockFile(), at, at)
		const one = window()
		expect(await one.isHeldElsewhere(CHAT)).toBe(false)
		expect(await one.acquire(CHAT)).toBe(true)
		await one.release(CHAT)
	})

	it("is held while its file is being written", async () => {
		writeFileSync(lockFile(), "")
		expect(await window().acquire(CHAT)).toBe(false)
	})

	it("is not released by a window when another window has taken it over", async () => {
		const one = window()
		await one.acquire(CHAT)
		writeFileSync(lockFile(), JSON.stringify({ owner: "another window", pid: process.pid }))
		await one.release(CHAT)
		expect(readdirSync(folder)).toEqual([`${CHAT}.lock`])
	})

	it("counts as acquired when no lock file can be written", async () => {
		writeFileSync(join(folder, "file"), "")
		const one = new ChatLocks(join(folder, "file"))
		expect(await one.acquire(CHAT)).toBe(true)
		await one.release(CHAT)
	})
})
