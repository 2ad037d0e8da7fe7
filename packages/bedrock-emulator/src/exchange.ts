import type { IncomingMessage, ServerResponse } from "node:http"
import { constants, type Http2ServerRequest, type Http2ServerResponse } from "node:http2"
import type { Writable } from "node:stream"
import { AwsFailure } from "./failures"

export type ServerRequestOfEither = IncomingMessage | Http2ServerRequest
export type ServerResponseOfEither = ServerResponse | Http2ServerResponse

/** One request and the way to answer it, the same for HTTP/1.1 and HTTP/2. */
export type Exchange = {
	method: string
	/** As received: still percent-encoded, with its query. */
	path: string
	httpVersion: "1.1" | "2"
	/** Names in lower case, without HTTP/2's pseudo headers. */
	headers: Record<string, string>
	body: string
	/** Aborts when the client goes away. */
	signal: AbortSignal
	/** Whether the emulator came to the end it meant, be it a good or a bad one. */
	finished(): boolean
	/** Sets status and headers; they leave with the first bytes. */
	head(status: number, headers: Record<string, string>): void
	/** Resolves when the bytes have left, or when there is nobody left to read them. */
	write(bytes: Uint8Array): Promise<void>
	end(bytes?: Uint8Array): void
	/** Ends this answer the hard way: RST_STREAM or a TCP reset. */
	reset(): void
	/** Takes the whole connection away, with every other stream on it. */
	drop(): void
}

/** The body limit of the Bedrock Runtime API. */
const BODY_LIMIT_BYTES = 20_000_000

/**
 * Reads a request to its end and wraps it.
 *
 * @param drop takes away the connection that the request came on
 * @returns null when the body was larger than Bedrock takes; that is answered already
 * @throws Error when the client leaves before its request is complete
 */
export async function openExchange(
	request: ServerRequestOfEither,
	response: ServerResponseOfEither,
	drop: () => void,
): Promise<Exchange | null> {
	const gone = new AbortController()
	const left = new Promise<void>((resolve) => gone.signal.addEventListener("abort", () => resolve()))
	response.on("close", () => gone.abort())
	// Without a listener, a client that goes away would take the process with it.
	request.on("error", () => gone.abort())
	response.on("error", () => gone.abort())
	const writable: Writable = response
	let finished = false
	const body = await readBody(request)

	const exchange: Exchange = {
		method: request.method ?? "GET",
		path: request.url ?? "/",
		httpVersion: request.httpVersionMajor === 2 ? "2" : "1.1",
		headers: plainHeaders(request),
		body: body ?? "",
		signal: gone.signal,
		finished: () => finished,
		head(status, headers) {
			response.statusCode = status
			for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
		},
		write(bytes) {
			if (gone.signal.aborted) return Promise.resolve()
			const written = new Promise<void>((resolve) => writable.write(bytes, () => resolve()))
			return Promise.race([written, left])
		},
		end(bytes) {
			if (gone.signal.aborted) return
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

/** Answers with one JSON value and ends the exchange. */
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

/** Answers with a refusal as AWS writes it: the name in a header, the sentence in the body. */
export function sendFailure(exchange: Exchange, failure: AwsFailure, headers: Record<string, string> = {}): void {
	const body = { message: failure.message, ...failure.members }
	sendJson(exchange, failure.status, body, { "x-amzn-errortype": failure.name, ...headers })
}

function plainHeaders(request: ServerRequestOfEither): Record<string, string> {
	const entries = Object.entries(request.headers).flatMap(([name, value]) =>
		value === undefined || name.startsWith(":") ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
	)
	return Object.fromEntries(entries)
}

/** Null when it is too large. */
async function readBody(request: ServerRequestOfEither): Promise<string | null> {
	const chunks: Buffer[] = []
	let size = 0
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length
		if (size <= BODY_LIMIT_BYTES) chunks.push(chunk)
	}
	return size <= BODY_LIMIT_BYTES ? Buffer.concat(chunks).toString("utf8") : null
}
