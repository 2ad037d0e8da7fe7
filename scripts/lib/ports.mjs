import { createServer } from "node:net"
import { join } from "node:path"
import { holdLock } from "./lock-file.mjs"
import { serverDir } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"

const host = "127.0.0.1"

/** Listens for a moment: the only honest way to learn whether a port is free. Resolves to the port, or undefined. */
function tryPort(port) {
	return new Promise((resolve, reject) => {
		const server = createServer()
		server.on("error", (error) => {
			if (error.code === "EADDRINUSE") resolve(undefined)
			else if (error.code === "EACCES") reject(new PlainFailure(`Port ${port} may not be used by this user.`))
			else reject(error)
		})
		server.listen({ port, host, exclusive: true }, () => {
			const { port: taken } = server.address()
			server.close(() => resolve(taken))
		})
	})
}

export async function requireFreePort(port) {
	if ((await tryPort(port)) !== undefined) return
	throw new PlainFailure(`Port ${port} is taken by another program. Stop it, or choose another one with --port.`)
}

/** The preferred port, or the next free one after it; held for this process, as another start may look right now. */
export async function findFreePort(preferred) {
	for (let port = preferred; port < preferred + 100; port++) {
		if ((await tryPort(port)) !== undefined && (await holdLock(join(serverDir, `port-${port}.lock`)))) return port
	}
	throw new PlainFailure(`No free port between ${preferred} and ${preferred + 99}.`)
}

export const anyFreePort = () => tryPort(0)
