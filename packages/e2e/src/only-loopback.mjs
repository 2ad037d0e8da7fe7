import { Socket } from "node:net"
import { nextTick } from "node:process"

/**
 * Loaded before all other modules in the VS Code server and its extension host. Refuses connections beyond this machine
 * with ENETUNREACH, as if there were no network.
 */

const loopback = new Set([undefined, "", "localhost", "127.0.0.1", "::1", "[::1]"])
const connect = Socket.prototype.connect

Socket.prototype.connect = function (...args) {
	// Node's own modules pass an array of normalized arguments as the first argument.
	const [target, host] = Array.isArray(args[0]) ? args[0] : args
	const name = typeof target === "object" ? target.host : host
	if (loopback.has(typeof name === "function" ? undefined : (name ?? undefined))) return connect.apply(this, args)
	const refusal = Object.assign(new Error(`connect ENETUNREACH ${name}: this test has no network`), {
		code: "ENETUNREACH",
		syscall: "connect",
	})
	nextTick(() => this.destroy(refusal))
	return this
}
