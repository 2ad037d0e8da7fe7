import type { ToHost, ToWebview } from "@bedrock-tiers/protocol"
import type { Port } from "../transport"

/** A host for tests and for the gallery: remembers what was posted and says what it is told to. */
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
	/** Says something that need not fit. */
	sayRaw(data: unknown): void
}
