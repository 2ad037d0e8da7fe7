import { EventStreamCodec } from "@smithy/core/event-streams"
import { fromUtf8, toUtf8 } from "@smithy/core/serde"

const codec = new EventStreamCodec(toUtf8, fromUtf8)

/**
 * Encodes one event frame of an AWS event stream.
 *
 * @param name the event's name on the wire, such as `contentBlockDelta`
 */
export function eventFrame(name: string, payload: object): Uint8Array {
	return frame({ ":event-type": name, ":message-type": "event" }, withPadding(payload))
}

/** Encodes one `chunk` event of InvokeModelWithResponseStream: the model's own JSON, in base64. */
export function chunkFrame(json: object): Uint8Array {
	return eventFrame("chunk", { bytes: Buffer.from(JSON.stringify(json)).toString("base64") })
}

/**
 * Encodes a frame that ends a stream with an exception, which AWS sends after it has responded with status 200.
 *
 * @param name the exception's name on the wire, which starts in lower case: `throttlingException`
 */
export function exceptionFrame(name: string, message: string): Uint8Array {
	return frame({ ":exception-type": name, ":message-type": "exception" }, { message })
}

function frame(headers: Record<string, string>, payload: object): Uint8Array {
	const all = { ...headers, ":content-type": "application/json" }
	return codec.encode({
		headers: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, { type: "string", value }])),
		body: fromUtf8(JSON.stringify(payload)),
	})
}

const PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

/** Bedrock pads each event with a member `p` of varying length, so that packet sizes do not reveal the text. */
function withPadding(payload: object): object {
	const length = 1 + ((JSON.stringify(payload).length * 7) % PADDING.length)
	return { ...payload, p: PADDING.slice(0, length) }
}
