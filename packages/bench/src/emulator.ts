import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

/** Nanoseconds on the system's monotonic clock, which all processes share. */
export type Timestamps = { readonly requestAt: bigint; readonly responseAt: bigint }

export type EmulatorProcess = {
	readonly url: string
	/** The same emulator behind a relay, which records the times of the first bytes in each direction. */
	readonly relayUrl: string
	/** Returns the times since the previous call or reset, and resets them. */
	takeTimestamps(): Promise<Timestamps>
	/** Discards the recorded times. */
	resetTimestamps(): Promise<void>
	close(): void
}

/** Starts the emulator in a separate process. @param deltas number of text deltas of each answer */
export async function startEmulatorProcess(deltas: number): Promise<EmulatorProcess> {
	const child = fork(fileURLToPath(new URL("./emulator-process.mjs", import.meta.url)), [String(deltas)])
	const next = async <Message>() => ((await once(child, "message")) as [Message])[0]
	const { url, relayUrl } = await next<{ url: string; relayUrl: string }>()
	const requestTimestamps = () => {
		const timestamps = next<Record<keyof Timestamps, string>>()
		child.send("stamps")
		return timestamps
	}
	return {
		url,
		relayUrl,
		async takeTimestamps() {
			const { requestAt, responseAt } = await requestTimestamps()
			return { requestAt: BigInt(requestAt), responseAt: BigInt(responseAt) }
		},
		async resetTimestamps() {
			await requestTimestamps()
		},
		close: () => child.disconnect(),
	}
}
