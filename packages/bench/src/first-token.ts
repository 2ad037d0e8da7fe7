import { setTimeout } from "node:timers/promises"
import { bareLoop, ourHandler, type Client } from "./clients"
import { emulatorOf, type EmulatorProcess } from "./emulator"
import { withSpread, type Section } from "./report"
import { interleaved } from "./rounds"
import { pairedDifference, spreadOf, type Spread } from "./statistics"

const LIMIT_MS = 2

/** Milliseconds from the call to the request's first bytes on the socket, and from the answer's first bytes to its first text. */
type FirstToken = { readonly beforeMs: number; readonly afterMs: number }

/** What we add to the time until the first token, on a connection that is open already. */
export async function firstToken({ rounds }: { readonly rounds: number }): Promise<Section> {
	const emulator = await emulatorOf(20)
	const pairs = (["http2", "http1"] as const).map((http) => ({
		http,
		bare: bareLoop(emulator.relayUrl, http),
		ours: ourHandler(emulator.relayUrl, http),
	}))
	try {
		const contestants = pairs.flatMap(({ http, bare, ours }) => [
			{ name: `bare ${http}`, run: () => once(bare, emulator) },
			{ name: `ours ${http}`, run: () => once(ours, emulator) },
		])
		const runs = await interleaved(contestants, { rounds, warmUp: 30 })
		const of = (name: string, part: keyof FirstToken) => (runs.get(name) ?? []).map((run) => run[part])
		const added = (http: string, part: keyof FirstToken): Spread =>
			pairedDifference(of(`ours ${http}`, part), of(`bare ${http}`, part))
		const rows = pairs.flatMap(({ http }) => [
			...["bare", "ours"].map((who) => [
				`${who === "bare" ? "bare loop" : "our handler"}, ${protocol(http)}`,
				withSpread(spreadOf(of(`${who} ${http}`, "beforeMs"))),
				withSpread(spreadOf(of(`${who} ${http}`, "afterMs"))),
			]),
			[`added by us, ${protocol(http)}`, withSpread(added(http, "beforeMs")), withSpread(added(http, "afterMs"))],
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

async function once({ ask }: Client, emulator: EmulatorProcess): Promise<FirstToken> {
	// What the connection still has to say of the answer before.
	await setTimeout(5)
	await emulator.resetStamps()
	let firstTextAt: bigint | undefined
	const calledAt = process.hrtime.bigint()
	await ask(() => (firstTextAt ??= process.hrtime.bigint()))
	const { askedAt, answeredAt } = await emulator.stamps()
	if (firstTextAt === undefined) throw new Error("No text came.")
	return { beforeMs: ms(askedAt - calledAt), afterMs: ms(firstTextAt - answeredAt) }
}

const ms = (nanoseconds: bigint) => Number(nanoseconds) / 1e6
const protocol = (http: string) => (http === "http2" ? "HTTP/2" : "HTTP/1.1")
