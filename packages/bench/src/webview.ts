import { initialLoadFiles, initialState, startBuiltView, type BuiltView } from "@bedrock-tiers/e2e"
import type { ChatMessage } from "@bedrock-tiers/protocol"
import { formatSpread, type Section } from "./report"
import { spreadOf } from "./statistics"

const MAX_BYTES = 155 * 1_024
const USABLE_MS = 300
/** Maximum frame time in milliseconds during motion: a user notices a pause of about 50 ms or more. */
const SMOOTH_MS = 50
const MESSAGES = 5_000
const STREAM_SECONDS = 3

/** Script for the page: measures the frame times during `work`, in milliseconds, and returns their 95th percentile. */
const measureFrames = (work: string) => `(async () => {
	const frames = []
	let last = performance.now()
	let running = true
	const onFrame = (now) => {
		frames.push(now - last)
		last = now
		if (running) requestAnimationFrame(onFrame)
	}
	requestAnimationFrame(onFrame)
	const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
	await (${work})(pause)
	running = false
	const sorted = frames.slice(1).sort((one, other) => one - other)
	return sorted[Math.floor(sorted.length * 0.95)]
})()`

/** Measures the webview alone: its initial load, the time until it can be used, and frame times with much content. */
export async function measureWebview({ rounds }: { readonly rounds: number }): Promise<Section> {
	const bytes = initialLoadFiles().reduce((sum, file) => sum + file.bytes, 0)
	const view = await startBuiltView()
	try {
		const usable: number[] = []
		for (let round = -2; round < rounds; round++) {
			const { page, usableAfterMs } = await view.open()
			await page.close()
			if (round >= 0) usable.push(usableAfterMs)
		}
		const stream = await repeat(5, () => streamFrames(view))
		const long = await repeat(5, () => longChat(view))
		const usableSpread = spreadOf(usable)
		const streamSpread = spreadOf(stream)
		const scrollSpread = spreadOf(long.map(({ scrollMs }) => scrollMs))
		return {
			title: "Webview",
			how: `The built view in Chromium over a host that answers at once, 300 pixels wide; ${rounds} loads for the time until a message can be typed, counted from the start of main.js, and 5 rounds each of the rest; median and quartiles. Frames: those of which 95 % are faster; a screen shows one every 16.7 ms.`,
			columns: ["what", "value"],
			rows: [
				["loaded at first, gzipped, bytes", bytes.toLocaleString("en-US")],
				["usable after, ms", formatSpread(usableSpread, 0)],
				[`frames during ${STREAM_SECONDS} seconds of 1,000 deltas a second, ms`, formatSpread(streamSpread, 1)],
				[
					"a chat of 5,000 messages drawn after, ms",
					formatSpread(spreadOf(long.map(({ openMs }) => openMs)), 0),
				],
				["elements in the page then", formatSpread(spreadOf(long.map(({ elements }) => elements)), 0)],
				["frames while it is scrolled, ms", formatSpread(scrollSpread, 1)],
			],
			verdicts: [
				{ target: "first load under 155 KB gzipped", met: bytes < MAX_BYTES },
				{ target: `usable within ${USABLE_MS} ms`, met: usableSpread.median < USABLE_MS },
				{
					target: `smooth while it streams: frames under ${SMOOTH_MS} ms`,
					met: streamSpread.median < SMOOTH_MS,
				},
				{
					target: `smooth while it scrolls: frames under ${SMOOTH_MS} ms`,
					met: scrollSpread.median < SMOOTH_MS,
				},
			],
		}
	} finally {
		await view.close()
	}
}

async function streamFrames(view: BuiltView): Promise<number> {
	const messages: ChatMessage[] = [userMessage(0), { ...assistantMessage(1), status: "streaming", parts: [] }]
	const { page } = await view.open(initialState({ messages, busy: true }))
	const slowFrameMs = await page.evaluate<number>(
		measureFrames(`async (pause) => {
			const started = performance.now()
			let sent = 0
			for (let now = started; now - started < ${STREAM_SECONDS * 1_000}; now = performance.now()) {
				for (const due = now - started; sent < due; sent++)
					window.postMessage({ type: "delta", messageId: "1", kind: "text", text: sent % 40 === 0 ? "\\n\\n**New** " : "word " }, "*")
				await pause(4)
			}
		}`),
	)
	await page.close()
	return slowFrameMs
}

async function longChat(view: BuiltView): Promise<{ openMs: number; elements: number; scrollMs: number }> {
	const { page } = await view.open()
	const messages = Array.from({ length: MESSAGES }, (_, index) =>
		index % 2 === 0 ? userMessage(index) : assistantMessage(index),
	)
	const state = initialState({ messages })
	const openMs = await page.evaluate(
		async ({ state, last }) => {
			const started = performance.now()
			window.postMessage({ type: "state", state }, "*")
			while (!document.querySelector("[role=log]")?.textContent?.includes(last))
				await new Promise(requestAnimationFrame)
			return performance.now() - started
		},
		{ state, last: `Answer ${MESSAGES - 1}` },
	)
	const elements = await page.evaluate(() => document.querySelectorAll("*").length)
	const scrollMs = await page.evaluate<number>(
		measureFrames(`async (pause) => {
			const log = document.querySelector("[role=log]")
			for (let step = 0; step < 60; step++) {
				log.dispatchEvent(new WheelEvent("wheel", { bubbles: true }))
				log.scrollTop -= 400
				await pause(16)
			}
		}`),
	)
	await page.close()
	return { openMs, elements, scrollMs }
}

async function repeat<Result>(times: number, measure: () => Promise<Result>): Promise<Result[]> {
	const results: Result[] = []
	for (let round = 0; round < times; round++) results.push(await measure())
	return results
}

function userMessage(index: number): ChatMessage {
	return { role: "user", id: String(index), text: `Question ${index}: what is *that*?` }
}

function assistantMessage(index: number) {
	const text = `Answer ${index}\n\nIt is **this**, and \`that\`:\n\n- one\n- two\n\n${"Some more words. ".repeat(20)}`
	return {
		role: "assistant",
		id: String(index),
		parts: [{ kind: "text", text }],
		status: "complete",
		error: null,
		requestedTier: "default",
		request: null,
	} satisfies ChatMessage
}
