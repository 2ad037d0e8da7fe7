import { Socket } from "node:net"
import { nextTick } from "node:process"

/**
 * Loaded before everything else in the VS Code server and its extension host: whatever an extension asks of the
 * network beyond this machine is refused, as if there were none.
 */

const loopback = new Set([undefined, "", "localhost", "127.0.0.1", "::1", "[::1]"])
const connect = Socket.prototype.connect

Socket.prototype.connect = function (...given) {
	// Node itself hands over its own list of arguments, as the first one.
	const [target, host] = Array.isArray(given[0]) ? given[0] : given
	const name = typeof target === "object" ? target.host : host
	if (loopback.has(typeof name === "function" ? undefined : (name ?? undefined))) return connect.apply(this, given)
	const refusal = Object.assign(new Error(`connect ENETUNREACH ${name}: this test has no network`), {
		code: "ENETUNREACH",
		syscall: "connect",
	})
	nextTick(() => this.destroy(refusal))
	return this
}
