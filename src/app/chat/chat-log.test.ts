import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { ChatLog } from "./chat-log"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A chat whose saves end when the test says so. */
function chatOnSlowDisk() {
	const endSave: (() => void)[] = []
	const log = new ChatLog({
		store: { save: () => new Promise<void>((resolve) => endSave.push(resolve)) },
		post: () => undefined,
		changed: () => Promise.resolve(),
		reportProblem: () => undefined,
	})
	return { log, saves: endSave }
}

it("ChatLog starts no save of a streaming answer while another one is pending, and one when it has ended", async () => {
	const { log, saves } = chatOnSlowDisk()
	for (let second = 0; second < 60; second++) {
		log.saveSoon()
		await vi.advanceTimersByTimeAsync(1_000)
	}
	expect(saves).toHaveLength(1)
	saves[0]?.()
	await vi.advanceTimersByTimeAsync(1_000)
	expect(saves).toHaveLength(2)
	saves[1]?.()
	await vi.advanceTimersByTimeAsync(60_000)
	expect(saves).toHaveLength(2)
})

it("ChatLog saves at once when asked to, also while a save of the streaming answer is pending", async () => {
	const { log, saves } = chatOnSlowDisk()
	log.saveSoon()
	await vi.advanceTimersByTimeAsync(1_000)
	const saved = log.save()
	expect(saves).toHaveLength(2)
	for (const end of saves) end()
	await saved
	await vi.advanceTimersByTimeAsync(60_000)
	expect(saves).toHaveLength(2)
})
