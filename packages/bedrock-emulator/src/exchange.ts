import type { IncomingMessage, ServerResponse } from "node:http"
import { constants, type Http2ServerRequest, type Http2ServerResponse } from "node:http2"
import type { Writable } from "node:stream"
import { AwsFailure } from "./failures"

export type AnyServerRequest = IncomingMessage | Http2ServerRequest
export type AnyServerResponse = ServerResponse | Http2ServerResponse

/** One request and the methods to respond to it, the same for HTTP/1.1 and HTTP/2. */
export type Exchange = {
	method: string
	/** As received: percent-encoded, including the query string. */
	path: string
	httpVersion: "1.1" | "2"
	/** Host and port that the client called, from `Host` or `:authority`. */
	authority: string
	/** Names in lower case, without the HTTP/2 pseudo-headers. */
	headers: Record<string, string>
	body: string
	/** Aborts when the client disconnects. */
	signal: AbortSignal
	/** Whether the emulator ended the exchange as intended, be it with a response or with an intended fault. */
	finished(): boolean
	/** Sets status and headers, which are sent with the first bytes of the body. */
	head(status: number, headers: Record<string, string>): void
	/** Resolves when the bytes have been written or the client has disconnected. */
	write(bytes: Uint8Array): Promise<void>
	end(bytes?: Uint8Array): void
	/** Aborts the response: RST_STREAM on HTTP/2, a TCP reset on HTTP/1.1. */
	reset(): void
	/** Closes the whole connection, with every other stream on it. */
	drop(): void
}

/** The body limit of the Bedrock Runtime API. */
const BODY_LIMIT_BYTES = 20_000_000

/**
 * Reads a request to its end and wraps it.
 *
 * @param drop closes the connection on which the request arrived
 * @returns `null` when the body exceeds Bedrock's limit; the error response has then been sent
 * @throws Error when the client disconnects before its request is complete
 */
export async function openExchange(
	request: AnyServerRequest,
	response: AnyServerResponse,
	drop: () => void,
): Promise<Exchange | null> {
	const controller = new AbortController()
	const disconnected = new Promise<void>((resolve) => controller.signal.addEventListener("abort", () => resolve()))
	response.on("close", () => controller.abort())
	// Without an error listener, a client that disconnects would end the process.
	request.on("error", () => controller.abort())
	response.on("error", () => controller.abort())
	const writable: Writable = response
	let finished = false
	const body = await readBody(request)

	const exchange: Exchange = {
		method: request.method ?? "GET",
		path: request.url ?? "/",
		httpVersion: request.httpVersionMajor === 2 ? "2" : "1.1",
		authority: String(request.headers[":authority"] ?? request.headers.host),
		headers: plainHeaders(request),
		body: body ?? "",
		signal: controller.signal,
		finished: () => finished,
		head(status, headers) {
			response.statusCode = status
			for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
		},
		write(bytes) {
			if (controller.signal.aborted) return Promise.resolve()
			const written = new Promise<void>((resolve) => writable.write(bytes, () => resolve()))
			return Promise.race([written, disconnected])
		},
		end(bytes) {
			if (controller.signal.aborted) return
			finished = true
			writable.end(bytes)
		},
		reset() {
			finished = true
			if ("stream" in response) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR)
			else response.socket?.resetAndDestroy()
		},
		drop() {
			finished = true
			drop()
		},
	}
	if (body !== null) return exchange
	sendFailure(exchange, new AwsFailure("RequestEntityTooLargeException", "Request body is too large."))
	return null
}

/** Sends one JSON value and ends the exchange. */
export function sendJson(
	exchange: Exchange,
	status: number,
	value: unknown,
	headers: Record<string, string> = {},
): void {
	const bytes = Buffer.from(JSON.stringify(value))
	exchange.head(status, { "content-type": "application/json", "content-length": String(bytes.length), ...headers })
	exchange.end(bytes)
}

/** Sends an error response in AWS's format: the exception name in a header, the message in the body. */
export function sendFailure(exchange: Exchange, failure: AwsFailure, headers: Record<string, string> = {}): void {
	const body = { message: failure.message, ...failure.members }
	sendJson(exchange, failure.status, body, { "x-amzn-errortype": failure.name, ...headers })
}

/** Decodes a percent-encoded part of a path; `null` when it is malformed. */
export function decodePath(encoded: string): string | null {
	try {
		return decodeURIComponent(encoded)
	} catch {
		return null
	}
}

function plainHeaders(request: AnyServerRequest): Record<string, string> {
	const entries = Object.entries(request.headers).flatMap(([name, value]) =>
		value === undefined || name.startsWith(":") ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
	)
	return Object.fromEntries(entries)
}

/** Reads the body; `null` when it exceeds the limit. */
async function readBody(request: AnyServerRequest): Promise<string | null> {
	const chunks: Buffer[] = []
	let size = 0
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length
		if (size <= BODY_LIMIT_BYTES) chunks.push(chunk)
	}
	return size <= BODY_LIMIT_BYTES ? Buffer.concat(chunks).toString("utf8") : null
}
