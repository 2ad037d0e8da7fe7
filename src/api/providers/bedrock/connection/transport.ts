import { Agent as HttpAgent } from "node:http"
import { Agent as HttpsAgent } from "node:https"
import { connect, type ConnectionOptions } from "node:tls"
import { NodeHttp2Handler, NodeHttpHandler } from "@smithy/node-http-handler"
import type { HttpProtocol } from "@bedrock-tiers/protocol"
import type { ProxySettings } from "../../../provider-contract"
import { closeIdleSockets, MAX_IDLE_MS } from "./idle-connections"
import { proxyFor, type Proxy } from "./proxy"
import { TunnelAgent } from "./proxy-tunnel"
import { trustedCertificates } from "./trusted-certificates"

type Handler = NodeHttpHandler | NodeHttp2Handler
type Request = Parameters<NodeHttpHandler["handle"]>[0]
type RequestOptions = Parameters<NodeHttp2Handler["handle"]>[1]
type Response = ReturnType<NodeHttpHandler["handle"]>

const POOL = { keepAlive: true, maxSockets: 50 }
const HTTPS_PORT = 443

/**
 * Connections of one SDK client: direct or through a proxy, depending on the address of each request. Over HTTP/2 each
 * request has its own connection, as by the SDK's default for Bedrock, so no request meets a session that has died.
 */
export class Transport {
	/** The SDK's name of the protocol. */
	readonly metadata: { readonly handlerProtocol: string }
	readonly #http: HttpProtocol
	readonly #settings: ProxySettings | undefined
	/** By the URL of the proxy; the empty text for direct connections. */
	readonly #pools = new Map<string, Pool>()
	#lastFailure: Error | null = null

	constructor(http: HttpProtocol, settings: ProxySettings | undefined) {
		this.#http = http
		this.#settings = settings
		this.metadata = { handlerProtocol: http === "http2" ? "h2" : "http/1.1" }
	}

	async handle(request: Request, options?: RequestOptions): Response {
		const { protocol, hostname, port } = request
		const proxy = proxyFor(`${protocol}//${hostname}${port === undefined ? "" : `:${port}`}`, this.#settings)
		const key = proxy?.url.href ?? ""
		const pool = this.#pools.get(key) ?? new Pool(createHandler(this.#http, proxy))
		this.#pools.set(key, pool)
		this.#lastFailure = null
		return pool.handle(request, options).catch((error: Error) => {
			this.#lastFailure = error
			throw error
		})
	}

	/** Why the last request brought no response; `null` when it did. */
	get lastFailure(): Error | null {
		return this.#lastFailure
	}

	destroy(): void {
		for (const pool of this.#pools.values()) pool.destroy()
		this.#pools.clear()
	}

	/** The SDK sets a timeout here, which the provider's idle limit replaces. */
	updateHttpClientConfig(): void {}

	httpHandlerConfigs(): Record<string, never> {
		return {}
	}
}

/** Connections by one way, which are not used again when the machine was asleep or idle for too long. */
class Pool {
	readonly #handler: Handler
	#openRequests = 0
	#usedAt = Date.now()

	constructor(handler: Handler) {
		this.#handler = handler
	}

	async handle(request: Request, options?: RequestOptions): Response {
		// Timers do not run while the machine sleeps, so sockets may be older than their timeout.
		if (this.#openRequests === 0 && Date.now() - this.#usedAt > MAX_IDLE_MS) this.#handler.destroy()
		this.#openRequests++
		try {
			return await this.#handler.handle(request, options)
		} finally {
			this.#openRequests--
			this.#usedAt = Date.now()
		}
	}

	destroy(): void {
		this.#handler.destroy()
	}
}

function createHandler(http: HttpProtocol, proxy: Proxy | null): Handler {
	const tls = trustedCertificates()
	const agent = proxy && new TunnelAgent(proxy, tls)
	if (http === "http1")
		return new NodeHttpHandler({
			httpAgent: closeIdleSockets(new HttpAgent(POOL)),
			httpsAgent: closeIdleSockets(agent ?? new HttpsAgent({ ...POOL, ...tls })) as HttpsAgent,
		})
	return new NodeHttp2Handler({
		disableConcurrentStreams: true,
		nodeHttp2ConnectOptions: agent ? { createConnection: (url) => connectThrough(agent, url, tls) } : tls,
	})
}

function connectThrough(agent: TunnelAgent, { hostname, port }: URL, tls: ConnectionOptions) {
	const socket = agent.tunnel(hostname, Number(port) || HTTPS_PORT)
	return connect({ ...tls, socket, servername: hostname, ALPNProtocols: ["h2"] })
}
