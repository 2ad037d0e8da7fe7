import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

/** Nanoseconds on the system's monotonic clock, the same for all processes. */
export type Stamps = { readonly askedAt: bigint; readonly answeredAt: bigint }

export type EmulatorProcess = {
	readonly url: string
	/** The same, with a note of when the first bytes went by. */
	readonly relayUrl: string
	/** When they did since this was called last. */
	stamps(): Promise<Stamps>
	/** Forgets what went by. */
	resetStamps(): Promise<void>
	close(): void
}

/** The emulator in a process of its own, with answers of so many deltas. */
export async function emulatorOf(deltas: number): Promise<EmulatorProcess> {
	const child = fork(fileURLToPath(new URL("./emulator-process.mjs", import.meta.url)), [String(deltas)])
	const next = async <Message>() => ((await once(child, "message")) as [Message])[0]
	const { url, relayUrl } = await next<{ url: string; relayUrl: string }>()
	const ask = () => {
		const answer = next<Record<keyof Stamps, string>>()
		child.send("stamps")
		return answer
	}
	return {
		url,
		relayUrl,
		async stamps() {
			const { askedAt, answeredAt } = await ask()
			return { askedAt: BigInt(askedAt), answeredAt: BigInt(answeredAt) }
		},
		async resetStamps() {
			await ask()
		},
		close: () => child.disconnect(),
	}
}
