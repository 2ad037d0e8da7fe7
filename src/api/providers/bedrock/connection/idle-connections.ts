import type { Agent, ClientRequest } from "node:http"
import type { Socket } from "node:net"

/**
 * An idle connection is not used again after this time, in milliseconds: load balancers and proxies close idle
 * connections after 60 seconds or more.
 */
export const MAX_IDLE_MS = 55_000
/** How much earlier than the server's `Keep-Alive` hint says a connection is closed. */
const HINT_MARGIN_MS = 1_000

const staleErrors = new WeakSet<Error>()

/**
 * Whether a request failed on a connection that an earlier request had used, before a byte of the response arrived: the
 * server had most likely closed the idle connection, and did not read the request.
 */
export function isStaleConnection(error: unknown): boolean {
	return error instanceof Error && staleErrors.has(error)
}

/** Makes an agent close its idle sockets before the server does, and mark failures on reused sockets. */
export function closeIdleSockets<T extends Agent>(agent: T): T {
	const keepSocketAlive = agent.keepSocketAlive.bind(agent) as (socket: Socket) => boolean
	const reuseSocket = agent.reuseSocket.bind(agent)
	const overrides = {
		keepSocketAlive(socket: Socket): boolean {
			if (!keepSocketAlive(socket)) return false
			// Node has set the server's hint as the timeout; without a hint there is none.
			const hint = socket.timeout || Infinity
			const idleMs = Math.min(hint - HINT_MARGIN_MS, MAX_IDLE_MS)
			if (idleMs > 0) socket.setTimeout(idleMs)
			return idleMs > 0
		},
		reuseSocket(socket: Socket, request: ClientRequest): void {
			socket.setTimeout(0)
			const { bytesRead } = socket
			request.once("error", (error) => {
				if (socket.bytesRead === bytesRead) staleErrors.add(error)
			})
			reuseSocket(socket, request)
		},
	}
	return Object.assign(agent, overrides)
}
