import { performance } from "node:perf_hooks"
import { aiSdk, bareLoop, passThrough, ourHandler, type Client } from "./clients"
import { startEmulatorProcess } from "./emulator"
import { formatSpread, type Section, type Verdict } from "./report"
import { collectGarbage, runInterleaved } from "./rounds"
import { pairedRatio, spreadOf } from "./statistics"

const DELTAS = 10_000
const MEMORY_SAMPLE_EVERY = 250

type StreamRun = { readonly wallMs: number; readonly cpuMs: number }

const NAMES = {
	bare2: "bare loop over the AWS SDK, HTTP/2",
	layer2: "the same through an async generator that does nothing, HTTP/2",
	ours2: "our handler, HTTP/2",
	bare1: "bare loop over the AWS SDK, HTTP/1.1",
	layer1: "the same through an async generator that does nothing, HTTP/1.1",
	ours1: "our handler, HTTP/1.1",
	aiSdk: "@ai-sdk/amazon-bedrock, HTTP/1.1",
} as const

/** Measures time, CPU and memory for an answer of 10,000 deltas, with our handler and other clients of one emulator. */
export async function measureStreamPath({ rounds }: { readonly rounds: number }): Promise<Section> {
	const emulator = await startEmulatorProcess(DELTAS)
	const { url } = emulator
	const clients: Readonly<Record<keyof typeof NAMES, Client>> = {
		bare2: bareLoop(url, "http2"),
		layer2: bareLoop(url, "http2", passThrough),
		ours2: ourHandler(url, "http2"),
		bare1: bareLoop(url, "http1"),
		layer1: bareLoop(url, "http1", passThrough),
		ours1: ourHandler(url, "http1"),
		aiSdk: aiSdk(url),
	}
	try {
		const contestants = Object.entries(clients).map(([name, client]) => ({ name, run: () => streamOnce(client) }))
		const runs = await runInterleaved(contestants, { rounds, warmUp: 3 })
		const heap = await runInterleaved(
			Object.entries(clients).map(([name, client]) => ({ name, run: () => peakHeapMb(client) })),
			{ rounds: 5, warmUp: 1 },
		)
		const cpu = (name: keyof typeof NAMES) => (runs.get(name) ?? []).map(({ cpuMs }) => cpuMs)
		const rows = Object.entries(NAMES).map(([name, title]) => {
			const clientRuns = runs.get(name) ?? []
			const perSecond = clientRuns.map(({ wallMs }) => (DELTAS * 1000) / wallMs)
			return [
				title,
				formatSpread(spreadOf(perSecond), 0),
				formatSpread(spreadOf(clientRuns.map(({ cpuMs }) => cpuMs)), 0),
				formatSpread(spreadOf(heap.get(name) ?? []), 1),
			]
		})
		return {
			title: "Stream path",
			how: `An answer of ${DELTAS.toLocaleString("en-US")} text deltas, ${rounds} rounds interleaved in one process after 3 that are not counted; median and quartiles. The emulator runs in a process of its own. CPU is user and system time of the measuring process, garbage collection included; the peak of the heap is over what it held before, looked at every ${MEMORY_SAMPLE_EVERY} deltas, in 5 rounds of its own.`,
			columns: ["client", "events per second", "CPU per 10,000 events, ms", "heap at its peak, MB"],
			rows,
			verdicts: [
				compareWithBareLoop(cpu("ours2"), cpu("bare2"), "HTTP/2"),
				compareWithBareLoop(cpu("ours1"), cpu("bare1"), "HTTP/1.1"),
				compareWithAiSdk(cpu("ours1"), cpu("aiSdk")),
			],
		}
	} finally {
		Object.values(clients).forEach((client) => client.close())
		emulator.close()
	}
}

function compareWithBareLoop(ours: readonly number[], bare: readonly number[], http: string): Verdict {
	const ratio = pairedRatio(ours, bare)
	return {
		target: `our handler takes at most 1.05 times the bare loop's CPU over ${http}: ${formatSpread(ratio, 3)} times`,
		met: ratio.median <= 1.05,
	}
}

function compareWithAiSdk(ours: readonly number[], other: readonly number[]): Verdict {
	const ratio = pairedRatio(other, ours)
	return {
		target: `well ahead of @ai-sdk/amazon-bedrock, over HTTP/1.1 as it does: it takes ${formatSpread(ratio)} times our CPU`,
		met: ratio.median >= 1.2,
	}
}

async function streamOnce({ sendPrompt }: Client): Promise<StreamRun> {
	const cpu = process.cpuUsage()
	const started = performance.now()
	let deltas = 0
	await sendPrompt(() => deltas++)
	const wallMs = performance.now() - started
	const { user, system } = process.cpuUsage(cpu)
	assertDeltaCount(deltas)
	return { wallMs, cpuMs: (user + system) / 1000 }
}

async function peakHeapMb({ sendPrompt }: Client): Promise<number> {
	collectGarbage()
	const before = process.memoryUsage().heapUsed
	let peak = before
	let deltas = 0
	await sendPrompt(() => {
		if (deltas++ % MEMORY_SAMPLE_EVERY === 0) peak = Math.max(peak, process.memoryUsage().heapUsed)
	})
	assertDeltaCount(deltas)
	return (peak - before) / 1024 / 1024
}

function assertDeltaCount(deltas: number): void {
	if (deltas !== DELTAS) throw new Error(`${deltas} deltas came, not ${DELTAS}.`)
}
