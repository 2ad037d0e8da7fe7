import { EventEmitter } from "node:events"
import type { ClientRequest } from "node:http"
import type { Socket } from "node:net"
import { Duplex } from "node:stream"
import type { ConnectionOptions } from "node:tls"
import { HttpsProxyAgent } from "https-proxy-agent"
import type { Proxy } from "./proxy"

type ConnectOptions = Parameters<HttpsProxyAgent<string>["connect"]>[1]

/** A connection that a proxy did not make: nothing was sent to Bedrock. */
export class ProxyError extends Error {
	override readonly name = "ProxyError"
	/** Host and port of the proxy. */
	readonly proxy: string
	/** Status of the proxy's response; `null` when it cannot be reached. */
	readonly status: number | null

	constructor(proxy: string, status: number | null, cause?: unknown) {
		super(`${proxy} ${status ?? ""}`, { cause })
		this.proxy = proxy
		this.status = status
	}
}

/** Connects through a proxy by CONNECT. A refusal is an error, instead of the response of the request. */
export class TunnelAgent extends HttpsProxyAgent<string> {
	readonly #tls: ConnectionOptions

	/** @param tls options of the connections behind the proxy */
	constructor({ url, authorization, checksCertificate }: Proxy, tls: ConnectionOptions) {
		super(url, {
			keepAlive: true,
			...tls,
			rejectUnauthorized: checksCertificate,
			headers: authorization === null ? {} : { "Proxy-Authorization": authorization },
		})
		this.#tls = tls
	}

	override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
		const { host } = this.proxy
		let status: number | undefined
		request.once("proxyConnect", (response: { readonly statusCode: number }) => (status = response.statusCode))
		const socket = await super
			.connect(request, { ...options, ...this.#tls } as ConnectOptions)
			.catch((error: unknown) => {
				throw new ProxyError(host, null, error)
			})
		if (status === 200) return socket
		socket.destroy()
		throw new ProxyError(host, status ?? null)
	}

	/** Opens a tunnel for another protocol than HTTP/1.1. */
	tunnel(host: string, port: number): Duplex {
		// The library only emits events on the request.
		const request = new EventEmitter() as ClientRequest
		return new PendingSocket(this.connect(request, { host, port, secureEndpoint: false }))
	}
}

/** A socket that is still being connected. It holds what is written until then. */
class PendingSocket extends Duplex {
	readonly #connecting: Promise<Socket>
	#socket: Socket | undefined

	constructor(connecting: Promise<Socket>) {
		super({ allowHalfOpen: false })
		this.#connecting = connecting
		connecting.catch(() => undefined)
	}

	override _construct(callback: (error?: Error) => void): void {
		this.#connecting.then((socket) => {
			this.#socket = socket
			socket.on("data", (chunk) => void (this.push(chunk) || socket.pause()))
			socket.on("end", () => this.push(null))
			socket.on("error", (error) => this.destroy(error))
			socket.on("close", () => this.destroy())
			callback()
		}, callback)
	}

	override _read(): void {
		this.#socket?.resume()
	}

	override _write(chunk: Buffer, _: BufferEncoding, callback: (error?: Error | null) => void): void {
		this.#socket?.write(chunk, callback)
	}

	override _final(callback: () => void): void {
		this.#socket?.end(callback)
	}

	override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
		void this.#connecting.then((socket) => socket.destroy()).catch(() => undefined)
		callback(error)
	}
}
