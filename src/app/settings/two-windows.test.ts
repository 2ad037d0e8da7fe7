import { reportTo } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { memorySecrets, memoryStore } from "@bedrock-tiers/test-kit/hosts/memory-stores"
import { newProfile } from "./profile-list"
import { watchFile } from "../storage/watch-file"

/** Settings of two windows on one real file. Each window has its own module instances, as in a separate process. */

let folder: string
let file: string
const problems: string[] = []
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-"))
	file = join(folder, "settings.json")
	problems.length = 0
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function openWindow() {
	vi.resetModules()
	const [{ FileStore }, { Settings }] = [await import("../storage/file-store"), await import("./settings")]
	const reportProblem = reportTo(problems)
	const store = new FileStore(file, reportProblem)
	return new Settings({
		store,
		window: memoryStore(),
		secrets: memorySecrets(),
		confirm: async () => true,
		demo: false,
	})
}
const names = ({ profiles }: { profiles: { name: string }[] }) => profiles.map(({ name }) => name)

it("Settings retain all profiles that two windows add at once, in both windows and after a restart", async () => {
	const [one, two] = [await openWindow(), await openWindow()]
	const numbers = Array.from({ length: 10 }, (_, index) => index)
	await Promise.all(
		numbers.flatMap((number) => [one.add(newProfile(`one ${number}`)), two.add(newProfile(`two ${number}`))]),
	)
	one.reload()
	two.reload()
	const expected = ["Amazon Bedrock", ...numbers.flatMap((number) => [`one ${number}`, `two ${number}`])].sort()
	for (const settings of [one, two, await openWindow()]) expect(names(settings).sort()).toEqual(expected)
	expect(problems).toEqual([])
})

it("Settings of a window are updated when another window changes the watched file", async () => {
	const [one, two] = [await openWindow(), await openWindow()]
	const watching = watchFile(file, () => void two.reload())
	try {
		await one.rename("default", "Renamed")
		await expect.poll(() => names(two)).toEqual(["Renamed"])
	} finally {
		watching.dispose()
	}
})
