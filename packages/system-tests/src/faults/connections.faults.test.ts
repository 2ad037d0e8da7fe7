import dns from "node:dns"
import { afterEach, vi } from "vitest"
import type { BedrockHandlerOptions } from "../../../../src/api/providers/bedrock/handler-options"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { SAMPLE_TEXT, sampleBytes } from "@bedrock-tiers/test-kit/samples/response-sample"
import {
	answering,
	closedAddress,
	rawServer,
	selfSignedServer,
	server,
} from "@bedrock-tiers/test-kit/servers/fault-servers"
import { faults } from "./testing/run-fault-scenario"

/**
 * The way to Bedrock is broken. Names are looked up by a stand-in for the system's resolver, so that no name leaves this
 * machine; everything else is a real socket.
 */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })
afterEach(() => vi.restoreAllMocks())

const NO_CONNECTION = "There is no connection to Bedrock. The connection to Bedrock failed"
const CHECK = "Check the network, the region and the endpoint."
const TOO_LATE = "No answer came in time. Bedrock said nothing for 1 second, so the request was given up. Try again."
const noConnection = (why: string) => `${NO_CONNECTION} (${why}). ${CHECK}`
const notBedrock = (status: number) =>
	`There is no connection to Bedrock. HTTP ${status} came, but not from Bedrock. Check the network, the proxy and the endpoint.`
const HTML = { "content-type": "text/html" }
const PAGE = Buffer.from("<html><body>Please sign in to this network.</body></html>")

/** Calls back as the system's resolver does, or never. */
function resolving(resolve: (tell: (error: Error) => void) => void): Partial<BedrockHandlerOptions> {
	vi.spyOn(dns, "lookup").mockImplementation(((_name: string, _options: unknown, tell: (error: Error) => void) =>
		process.nextTick(resolve, tell)) as never)
	return { endpoint: "https://bedrock.invalid" }
}

function failing(code: string): Error {
	return Object.assign(new Error(`getaddrinfo ${code} bedrock.invalid`), { code, syscall: "getaddrinfo" })
}

faults(test, {
	"connection refused": {
		arrange: async () => ({ endpoint: await closedAddress() }),
		sees: noConnection("ECONNREFUSED"),
		costs: "not-sent",
	},
	"a name that does not exist": {
		arrange: () => resolving((tell) => tell(failing("ENOTFOUND"))),
		sees: noConnection("ENOTFOUND"),
		costs: "not-sent",
	},
	"a name server that cannot be reached": {
		arrange: () => resolving((tell) => tell(failing("EAI_AGAIN"))),
		sees: noConnection("EAI_AGAIN"),
		costs: "not-sent",
	},
	// Whether it was sent cannot be told where the request is given up.
	"a name server that does not answer": {
		arrange: () => resolving(() => undefined),
		sees: TOO_LATE,
		silent: true,
		costs: "unanswered",
	},
	"a certificate that nobody vouches for": {
		arrange: async () => ({ endpoint: await selfSignedServer() }),
		sees: noConnection("DEPTH_ZERO_SELF_SIGNED_CERT"),
		costs: "not-sent",
	},
	"no TLS where there should be": {
		arrange: async () => ({
			endpoint: (await rawServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))).replace(
				"http:",
				"https:",
			),
		}),
		sees: noConnection("ERR_SSL_WRONG_VERSION_NUMBER"),
		costs: "not-sent",
		http1: { sees: noConnection("EPROTO") },
	},
	"a server that speaks no HTTP": {
		arrange: async () => ({ endpoint: await rawServer((socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n")) }),
		sees: noConnection("ERR_HTTP2_ERROR"),
		costs: "unanswered",
		http1: { sees: noConnection("HPE_INVALID_CONSTANT") },
	},
	"a connection on which nothing is said": {
		arrange: async () => ({ endpoint: await rawServer(() => undefined) }),
		sees: TOO_LATE,
		silent: true,
		costs: "unanswered",
	},
	"headers that do not come": {
		arrange: async (http) => ({ endpoint: await server(http, () => undefined) }),
		sees: TOO_LATE,
		silent: true,
		costs: "unanswered",
	},
	"headers that come late, within the limit": {
		arrange: async (http) => ({
			endpoint: await server(http, ({ response }) => setTimeout(() => response.end(sampleBytes()), 300)),
		}),
		sees: null,
		silent: true,
		answer: SAMPLE_TEXT,
		costs: { usd: 0.000105 },
	},
	"reset before the first byte": {
		arrange: async (http) => ({ endpoint: await server(http, ({ socket }) => socket.resetAndDestroy()) }),
		sees: noConnection("ECONNRESET"),
		costs: "unanswered",
	},
	"closed before the first byte": {
		arrange: async (http) => ({ endpoint: await server(http, ({ socket }) => socket.destroy()) }),
		sees: noConnection("Unexpected error: http2 request did not get a response"),
		costs: "unanswered",
		http1: { sees: noConnection("ECONNRESET") },
	},
	"an error page of a gateway": {
		arrange: async (http) => ({
			endpoint: await server(http, ({ response }) => response.writeHead(503, HTML).end(PAGE)),
		}),
		sees: notBedrock(503),
		costs: "unanswered",
	},
	"a proxy that wants a password": {
		arrange: async (http) => ({
			endpoint: await server(http, ({ response }) => response.writeHead(407, HTML).end(PAGE)),
		}),
		sees: notBedrock(407),
		costs: "unanswered",
	},
	"a redirect to a sign-in page": {
		arrange: async (http) => ({
			endpoint: await server(http, ({ response }) =>
				response.writeHead(302, { location: "https://portal.invalid/" }).end(),
			),
		}),
		sees: notBedrock(302),
		costs: { refused: 1 },
	},
	"a sign-in page in place of the answer": {
		arrange: async (http) => ({ endpoint: await answering(http, { bytes: PAGE, ending: "end" }, "text/html") }),
		sees: "The answer broke off. The answer broke off before its end (Truncated event message received.).",
		costs: "unknown",
	},
})
