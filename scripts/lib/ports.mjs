import { createServer } from "node:net"
import { PlainFailure } from "./plain-failure.mjs"

const host = "127.0.0.1"

/**
 * Makes a server listen on 127.0.0.1. Resolves to the port: `port` or, if that is in use, the first free one of the
 * `attempts` ports from there. Port 0 selects any free port.
 *
 * @throws PlainFailure if no port is free, or this user may not use it
 */
export async function listen(server, port, { attempts = 1 } = {}) {
	for (let candidate = port; candidate < port + attempts; candidate++) {
		try {
			return await tryListen(server, candidate)
		} catch (error) {
			if (error.code === "EACCES") throw new PlainFailure(`Port ${candidate} may not be used by this user.`)
			if (error.code !== "EADDRINUSE") throw error
		}
	}
	if (attempts > 1) throw new PlainFailure(`No free port between ${port} and ${port + attempts - 1}.`)
	throw new PlainFailure(`Port ${port} is taken by another program. Stop it, or choose another one with --port.`)
}

function tryListen(server, port) {
	return new Promise((resolve, reject) => {
		server.once("error", reject)
		server.listen({ port, host, exclusive: true }, () => {
			server.off("error", reject)
			resolve(server.address().port)
		})
	})
}

/** @throws PlainFailure if the port is in use, or this user may not use it */
export async function requireFreePort(port) {
	await findPort(port)
}

/** A port on which no server listens. Another program may take it at any time. */
export const anyFreePort = () => findPort(0)

async function findPort(port) {
	const server = createServer()
	const found = await listen(server, port)
	await new Promise((resolve) => server.close(resolve))
	return found
}
