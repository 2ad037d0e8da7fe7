import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { watchFile } from "./watch-file"
import { writeFileAtomic } from "./write-file-atomic"

let folder: string
let watching: { dispose(): void } | undefined
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-"))))
afterEach(() => {
	watching?.dispose()
	rmSync(folder, { recursive: true, force: true })
})

it("watchFile reports each write of its file, not of other files, and creates a missing folder", async () => {
	const file = join(folder, "new", "settings.json")
	const changed = vi.fn<() => void>()
	watching = watchFile(file, changed)
	await writeFileAtomic(join(folder, "new", "other.json"), "{}")
	await writeFileAtomic(file, "1")
	await expect.poll(() => changed.mock.calls.length).toBe(1)
	await writeFileAtomic(file, "2")
	await expect.poll(() => changed.mock.calls.length).toBe(2)
})

it("watchFile neither throws nor calls back when the folder cannot be watched", async () => {
	const file = join(folder, "file")
	await writeFileAtomic(file, "")
	watching = watchFile(join(file, "settings.json"), () => expect.unreachable())
})
