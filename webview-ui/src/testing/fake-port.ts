import type { ToHost, ToWebview } from "@bedrock-tiers/protocol"
import type { Port } from "../transport"

/** Extension host for tests and the gallery: records posted messages and sends messages on request. */
export function fakePort(onPost: (message: ToHost, port: FakePort) => void = () => {}): FakePort {
	const listeners = new Set<(data: unknown) => void>()
	let stored: unknown
	const port: FakePort = {
		posted: [],
		postMessage(message) {
			port.posted.push(message as ToHost)
			onPost(message as ToHost, port)
		},
		listen(listener) {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
		getState: () => stored,
		setState: (state) => void (stored = structuredClone(state)),
		say: (message) => port.sayRaw(message),
		sayRaw(data) {
			for (const listener of listeners) listener(structuredClone(data))
		},
	}
	return port
}

export interface FakePort extends Port {
	readonly posted: ToHost[]
	say(message: ToWebview): void
	/** Sends data that need not be a valid message. */
	sayRaw(data: unknown): void
}
