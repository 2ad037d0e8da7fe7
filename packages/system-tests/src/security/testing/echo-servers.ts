import type { IncomingHttpHeaders } from "node:http"
import type { HttpProtocol } from "@bedrock-tiers/protocol"
import { encodeFrame, type Frame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { SHORT_FRAMES } from "@bedrock-tiers/test-kit/samples/response-sample"
import { startServer } from "@bedrock-tiers/test-kit/servers/fault-servers"

/** Parts of a response in which a server can echo the request's credentials. */
export const ECHO_LOCATIONS = [
	"HTTP 400",
	"HTTP 403",
	"HTTP 403, wrong signature",
	"HTTP 404",
	"HTTP 424",
	"HTTP 500",
	"HTTP 503",
	"an HTML page of a proxy",
	"the name of the error",
	"the first frame",
	"a frame during the stream",
	"an unknown frame during the stream",
	"bytes that are not frames",
] as const
type EchoLocation = (typeof ECHO_LOCATIONS)[number]

const ERRORS: Readonly<Partial<Record<EchoLocation, readonly [status: number, name: string]>>> = {
	"HTTP 400": [400, "ValidationException"],
	"HTTP 403": [403, "AccessDeniedException"],
	"HTTP 403, wrong signature": [403, "InvalidSignatureException"],
	"HTTP 404": [404, "ResourceNotFoundException"],
	"HTTP 424": [424, "ModelErrorException"],
	"HTTP 500": [500, "InternalServerException"],
	"HTTP 503": [503, "ServiceUnavailableException"],
}

/**
 * Starts a server that echoes the credentials of each request in its response.
 * @param onRequest called with the headers of each request
 * @returns the server's URL
 */
export function startEchoServer(
	http: HttpProtocol,
	location: EchoLocation,
	onRequest: (headers: IncomingHttpHeaders) => void,
) {
	return startServer(http, ({ request, response }) => {
		onRequest(request.headers)
		const { authorization = "", "x-amz-security-token": token = "" } = request.headers
		const echo = `You sent ${authorization} and ${String(token)}, which cannot be.`
		const error = ERRORS[location]
		if (error) {
			const [status, name] = error
			response.writeHead(status, { "content-type": "application/json", "x-amzn-errortype": name })
			return response.end(JSON.stringify({ message: echo, Message: echo, detail: { quoted: echo } }))
		}
		if (location === "an HTML page of a proxy") {
			response.writeHead(502, { "content-type": "text/html" })
			return response.end(`<html><body>${echo}</body></html>`)
		}
		if (location === "the name of the error") {
			response.writeHead(418, { "content-type": "application/json" })
			return response.end(JSON.stringify({ __type: `Odd${String(token) || authorization}`, message: echo }))
		}
		response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" })
		return response.end(Buffer.concat(framesWithEcho(location, echo)))
	})
}

function framesWithEcho(location: EchoLocation, echo: string): Uint8Array[] {
	const start = SHORT_FRAMES.slice(0, 2).map((frame) => encodeFrame(frame))
	const exception = (name: string) =>
		encodeFrame({
			headers: { ":message-type": "exception", ":exception-type": name, ":content-type": "application/json" },
			payload: { message: echo },
		} as unknown as Frame)
	if (location === "the first frame") return [exception("validationException")]
	if (location === "a frame during the stream") return [...start, exception("modelStreamErrorException")]
	if (location === "an unknown frame during the stream") return [...start, exception("oddException")]
	return [...start, Buffer.from(echo)]
}
