import { fork } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { selfSigned } from "./self-signed"

/** A CONNECT request as the proxy received it. */
export type Connect = { readonly target: string; readonly authorization: string | null }

export type ProxyOptions = {
	/** Ports on this machine by the host that is connected to. */
	readonly upstreams: Readonly<Record<string, number>>
	/** Required value of the `Proxy-Authorization` header. */
	readonly authorization?: string
	/** Whether the proxy itself is connected to by TLS. */
	readonly isSecure?: boolean
	/** Status of the response to every CONNECT. */
	readonly refusal?: number
}

/** Starts a proxy in a process of its own that ends TLS as `*.us-east-1.amazonaws.com`. */
export async function startProxy({ authorization, ...options }: ProxyOptions) {
	const certificate = selfSigned("*.us-east-1.amazonaws.com")
	const connects: Connect[] = []
	const child = fork(join(import.meta.dirname, "proxy-process.mjs"), { execArgv: [] })
	child.send({ ...certificate, authorization: authorization ?? null, ...options })
	const [{ port }] = (await once(child, "message")) as [{ port: number }]
	child.on("message", (connect) => connects.push(connect as Connect))
	return {
		host: `127.0.0.1:${port}`,
		/** The certificate that a client must trust, as PEM. */
		certificate: certificate.cert,
		connects,
		async close(): Promise<void> {
			if (child.exitCode !== null) return
			child.disconnect()
			await once(child, "exit")
		},
	}
}
