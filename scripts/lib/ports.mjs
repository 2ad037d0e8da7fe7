import { createServer } from "node:net"
import { join } from "node:path"
import { holdLock } from "./lock-file.mjs"
import { serverDir } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"

const host = "127.0.0.1"

/**
 * Listens briefly, which is the only reliable test whether a port is free. Resolves to the port, or to `undefined` when
 * it is in use. Port 0 selects any free port.
 */
function tryPort(port) {
	return new Promise((resolve, reject) => {
		const server = createServer()
		server.on("error", (error) => {
			if (error.code === "EADDRINUSE") resolve(undefined)
			else if (error.code === "EACCES") reject(new PlainFailure(`Port ${port} may not be used by this user.`))
			else reject(error)
		})
		server.listen({ port, host, exclusive: true }, () => {
			const { port: boundPort } = server.address()
			server.close(() => resolve(boundPort))
		})
	})
}

export async function requireFreePort(port) {
	if ((await tryPort(port)) !== undefined) return
	throw new PlainFailure(`Port ${port} is taken by another program. Stop it, or choose another one with --port.`)
}

/** Finds the preferred port or the next free one. A lock reserves it, because another `npm start` may search too. */
export async function findFreePort(preferred) {
	for (let port = preferred; port < preferred + 100; port++) {
		if ((await tryPort(port)) !== undefined && (await holdLock(join(serverDir, `port-${port}.lock`)))) return port
	}
	throw new PlainFailure(`No free port between ${preferred} and ${preferred + 99}.`)
}

export const anyFreePort = () => tryPort(0)
