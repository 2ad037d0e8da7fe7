import type { IncomingHttpHeaders } from "node:http"
import type { HttpProtocol } from "@bedrock-tiers/protocol"
import { encodeFrame, type Frame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { SHORT_FRAMES } from "@bedrock-tiers/test-kit/samples/response-sample"
import { server } from "@bedrock-tiers/test-kit/servers/fault-servers"

/** Answers that quote the whole request, keys and all, each in another place. */
export const QUOTED_IN = [
	"HTTP 400",
	"HTTP 403",
	"a wrong signature",
	"HTTP 404",
	"HTTP 424",
	"HTTP 500",
	"HTTP 503",
	"a page of a proxy",
	"the name of an error",
	"the first frame",
	"a frame in mid-stream",
	"an unknown frame in mid-stream",
	"bytes that are no frames",
] as const
type Place = (typeof QUOTED_IN)[number]

const ERRORS: Readonly<Partial<Record<Place, readonly [status: number, name: string]>>> = {
	"HTTP 400": [400, "ValidationException"],
	"HTTP 403": [403, "AccessDeniedException"],
	"a wrong signature": [403, "InvalidSignatureException"],
	"HTTP 404": [404, "ResourceNotFoundException"],
	"HTTP 424": [424, "ModelErrorException"],
	"HTTP 500": [500, "InternalServerException"],
	"HTTP 503": [503, "ServiceUnavailableException"],
}

/** @param onAsked told the headers of each request */
export function quotingServer(http: HttpProtocol, place: Place, onAsked: (headers: IncomingHttpHeaders) => void) {
	return server(http, ({ request, response }) => {
		onAsked(request.headers)
		const { authorization = "", "x-amz-security-token": token = "" } = request.headers
		const quoted = `You sent ${authorization} and ${String(token)}, which cannot be.`
		const error = ERRORS[place]
		if (error) {
			const [status, name] = error
			response.writeHead(status, { "content-type": "application/json", "x-amzn-errortype": name })
			return response.end(JSON.stringify({ message: quoted, Message: quoted, detail: { quoted } }))
		}
		if (place === "a page of a proxy") {
			response.writeHead(502, { "content-type": "text/html" })
			return response.end(`<html><body>${quoted}</body></html>`)
		}
		if (place === "the name of an error") {
			response.writeHead(418, { "content-type": "application/json" })
			return response.end(JSON.stringify({ __type: `Odd${String(token) || authorization}`, message: quoted }))
		}
		response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" })
		return response.end(Buffer.concat(framesOf(place, quoted)))
	})
}

function framesOf(place: Place, quoted: string): Uint8Array[] {
	const begun = SHORT_FRAMES.slice(0, 2).map((frame) => encodeFrame(frame))
	const exception = (name: string) =>
		encodeFrame({
			headers: { ":message-type": "exception", ":exception-type": name, ":content-type": "application/json" },
			payload: { message: quoted },
		} as unknown as Frame)
	if (place === "the first frame") return [exception("validationException")]
	if (place === "a frame in mid-stream") return [...begun, exception("modelStreamErrorException")]
	if (place === "an unknown frame in mid-stream") return [...begun, exception("oddException")]
	return [...begun, Buffer.from(quoted)]
}
