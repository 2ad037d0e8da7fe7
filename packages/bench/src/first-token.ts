import { setTimeout } from "node:timers/promises"
import { bareLoop, ourHandler, type Client } from "./clients"
import { startEmulatorProcess, type EmulatorProcess } from "./emulator"
import { formatSpread, type Section } from "./report"
import { runInterleaved } from "./rounds"
import { pairedDifference, spreadOf, type Spread } from "./statistics"

const LIMIT_MS = 2

/** Milliseconds from the call to the request's first bytes, and from the response's first bytes to its first text. */
type FirstToken = { readonly beforeMs: number; readonly afterMs: number }

/** Measures the time that our handler adds before the first token, on an open connection. */
export async function measureFirstToken({ rounds }: { readonly rounds: number }): Promise<Section> {
	const emulator = await startEmulatorProcess(20)
	const pairs = (["http2", "http1"] as const).map((http) => ({
		http,
		bare: bareLoop(emulator.relayUrl, http),
		ours: ourHandler(emulator.relayUrl, http),
	}))
	try {
		const contestants = pairs.flatMap(({ http, bare, ours }) => [
			{ name: `bare ${http}`, run: () => measureOnce(bare, emulator) },
			{ name: `ours ${http}`, run: () => measureOnce(ours, emulator) },
		])
		const runs = await runInterleaved(contestants, { rounds, warmUp: 30 })
		const values = (name: string, part: keyof FirstToken) => (runs.get(name) ?? []).map((run) => run[part])
		const added = (http: string, part: keyof FirstToken): Spread =>
			pairedDifference(values(`ours ${http}`, part), values(`bare ${http}`, part))
		const rows = pairs.flatMap(({ http }) => [
			...["bare", "ours"].map((client) => [
				`${client === "bare" ? "bare loop" : "our handler"}, ${protocol(http)}`,
				formatSpread(spreadOf(values(`${client} ${http}`, "beforeMs"))),
				formatSpread(spreadOf(values(`${client} ${http}`, "afterMs"))),
			]),
			[
				`added by us, ${protocol(http)}`,
				formatSpread(added(http, "beforeMs")),
				formatSpread(added(http, "afterMs")),
			],
		])
		return {
			title: "First token",
			how: `A short answer over an open connection, ${rounds} rounds interleaved after 30 to warm up; median and quartiles. A relay notes when the first bytes go by in each direction, on the clock that all processes share; its own time is in both rows, and goes out of the difference, which is taken round by round.`,
			columns: ["client", "call to first byte sent, ms", "first byte received to first text, ms"],
			rows,
			verdicts: pairs.flatMap(({ http }) =>
				(["beforeMs", "afterMs"] as const).map((part) => ({
					target: `under ${LIMIT_MS} ms added ${part === "beforeMs" ? "before the request leaves" : "after the first byte arrives"}, ${protocol(http)}`,
					met: added(http, part).median < LIMIT_MS,
				})),
			),
		}
	} finally {
		pairs.forEach(({ bare, ours }) => [bare, ours].forEach((client) => client.close()))
		emulator.close()
	}
}

async function measureOnce({ sendPrompt }: Client, emulator: EmulatorProcess): Promise<FirstToken> {
	// Lets the remaining frames of the previous response arrive.
	await setTimeout(5)
	await emulator.resetTimestamps()
	let firstTextAt: bigint | undefined
	const calledAt = process.hrtime.bigint()
	await sendPrompt(() => (firstTextAt ??= process.hrtime.bigint()))
	const { requestAt, responseAt } = await emulator.takeTimestamps()
	if (firstTextAt === undefined) throw new Error("No text came.")
	return { beforeMs: ms(requestAt - calledAt), afterMs: ms(firstTextAt - responseAt) }
}

const ms = (nanoseconds: bigint) => Number(nanoseconds) / 1e6
const protocol = (http: string) => (http === "http2" ? "HTTP/2" : "HTTP/1.1")
