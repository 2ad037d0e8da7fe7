import dns from "node:dns"
import { afterEach, vi } from "vitest"
import type { BedrockHandlerOptions } from "../../../../src/api/providers/bedrock/handler-options"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { SAMPLE_TEXT, sampleBytes } from "@bedrock-tiers/test-kit/samples/response-sample"
import {
	startReplayServer,
	closedServerUrl,
	startRawServer,
	startSelfSignedServer,
	startServer,
} from "@bedrock-tiers/test-kit/servers/fault-servers"
import { testFaults } from "./testing/run-fault-scenario"

/**
 * Faults between the client and Bedrock. A stub replaces the system's DNS resolver, so that no lookup leaves this
 * machine. Everything else uses real sockets.
 */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })
afterEach(() => vi.restoreAllMocks())

const NO_CONNECTION = "The connection to Bedrock failed"
const CHECK = "Check the network, the region and the endpoint."
const TIMED_OUT = "Bedrock said nothing for 1 second, so the request was given up. Try again."
const noConnection = (why: string) => `${NO_CONNECTION} (${why}). ${CHECK}`
const notBedrock = (status: number) =>
	`HTTP ${status} came, but not from Bedrock. Check the network, the proxy and the endpoint.`
const HTML = { "content-type": "text/html" }
const PAGE = Buffer.from("<html><body>Please sign in to this network.</body></html>")

/**
 * Replaces the DNS resolver. `resolve` calls back with an error, or never.
 * @returns handler options that need a lookup
 */
function stubResolver(resolve: (callback: (error: Error) => void) => void): Partial<BedrockHandlerOptions> {
	vi.spyOn(dns, "lookup").mockImplementation(((_name: string, _options: unknown, callback: (error: Error) => void) =>
		process.nextTick(resolve, callback)) as never)
	return { endpoint: "https://bedrock.invalid" }
}

function resolverError(code: string): Error {
	return Object.assign(new Error(`getaddrinfo ${code} bedrock.invalid`), { code, syscall: "getaddrinfo" })
}

testFaults(test, {
	"a refused connection": {
		arrange: async () => ({ endpoint: await closedServerUrl() }),
		sees: noConnection("ECONNREFUSED"),
		costs: "not-sent",
	},
	"a host name that does not exist": {
		arrange: () => stubResolver((callback) => callback(resolverError("ENOTFOUND"))),
		sees: noConnection("ENOTFOUND"),
		costs: "not-sent",
	},
	"an unreachable DNS server": {
		arrange: () => stubResolver((callback) => callback(resolverError("EAI_AGAIN"))),
		sees: noConnection("EAI_AGAIN"),
		costs: "not-sent",
	},
	// When the client gives up during the lookup, it cannot know whether the request was sent.
	"a DNS server that does not respond": {
		arrange: () => stubResolver(() => undefined),
		sees: TIMED_OUT,
		silent: true,
		costs: "unanswered",
	},
	"a self-signed certificate": {
		arrange: async () => ({ endpoint: await startSelfSignedServer() }),
		sees: "The server's certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT). If your network inspects connections, set NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE to the file with its CA certificate.",
		costs: "not-sent",
	},
	"a plain HTTP server at an https: endpoint": {
		arrange: async () => ({
			endpoint: (await startRawServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))).replace(
				"http:",
				"https:",
			),
		}),
		sees: noConnection("ERR_SSL_WRONG_VERSION_NUMBER"),
		costs: "not-sent",
		http1: { sees: noConnection("EPROTO") },
	},
	"a server that does not speak HTTP": {
		arrange: async () => ({ endpoint: await startRawServer((socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n")) }),
		sees: noConnection("ERR_HTTP2_ERROR"),
		costs: "unanswered",
		http1: { sees: noConnection("HPE_INVALID_CONSTANT") },
	},
	"a connection on which the server sends nothing": {
		arrange: async () => ({ endpoint: await startRawServer(() => undefined) }),
		sees: TIMED_OUT,
		silent: true,
		costs: "unanswered",
	},
	"response headers that never arrive": {
		arrange: async (http) => ({ endpoint: await startServer(http, () => undefined) }),
		sees: TIMED_OUT,
		silent: true,
		costs: "unanswered",
	},
	"response headers that arrive late, within the idle limit": {
		arrange: async (http) => ({
			endpoint: await startServer(http, ({ response }) => setTimeout(() => response.end(sampleBytes()), 300)),
		}),
		sees: null,
		silent: true,
		answer: SAMPLE_TEXT,
		costs: { usd: 0.000105 },
	},
	"a connection reset before the first byte": {
		arrange: async (http) => ({ endpoint: await startServer(http, ({ socket }) => socket.resetAndDestroy()) }),
		sees: noConnection("ECONNRESET"),
		costs: "unanswered",
	},
	"a connection closed before the first byte": {
		arrange: async (http) => ({ endpoint: await startServer(http, ({ socket }) => socket.destroy()) }),
		sees: noConnection("Unexpected error: http2 request did not get a response"),
		costs: "unanswered",
		http1: { sees: noConnection("ECONNRESET") },
	},
	"HTTP 503 with a gateway's error page": {
		arrange: async (http) => ({
			endpoint: await startServer(http, ({ response }) => response.writeHead(503, HTML).end(PAGE)),
		}),
		sees: notBedrock(503),
		costs: "unanswered",
	},
	"HTTP 407 from a proxy that requires authentication": {
		arrange: async (http) => ({
			endpoint: await startServer(http, ({ response }) => response.writeHead(407, HTML).end(PAGE)),
		}),
		sees: notBedrock(407),
		costs: "unanswered",
	},
	"a redirect to a sign-in page": {
		arrange: async (http) => ({
			endpoint: await startServer(http, ({ response }) =>
				response.writeHead(302, { location: "https://portal.invalid/" }).end(),
			),
		}),
		sees: notBedrock(302),
		costs: { refused: 1 },
	},
	"HTTP 200 with a sign-in page instead of the response": {
		arrange: async (http) => ({
			endpoint: await startReplayServer(http, { bytes: PAGE, ending: "end" }, "text/html"),
		}),
		sees: "The answer broke off before its end (It is not an event stream, or an event is larger than 24 MB.).",
		costs: "unknown",
	},
})
