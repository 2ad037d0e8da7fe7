import { pipeline, Readable, Transform, type TransformCallback } from "node:stream"

/**
 * Maximum bytes of a response. A streamed answer has a few hundred bytes of overhead per token; any other response is
 * held in memory as a whole, and Bedrock's own limit for those is 25 MB.
 */
const MAX_BYTES = { stream: 256 * 1024 * 1024, whole: 32 * 1024 * 1024 }
/** Maximum bytes of one frame of an event stream: 24 MB of payload and 128 KB of headers, as in AWS's own SDKs. */
const MAX_FRAME_BYTES = 24 * 1024 * 1024 + 128 * 1024 + 16

type Response = { body?: unknown; readonly statusCode?: number }
type Handler = (args: object) => Promise<{ readonly response: Response }>
type Stack = { add(middleware: never, options: never): void }

/**
 * Makes a client end responses that are too large. The SDK itself has no limit: it collects a whole response, and
 * allocates the length that the first bytes of a frame announce, up to 4 GB, before the frame arrives.
 */
export function limitResponses({ middlewareStack }: { readonly middlewareStack: Stack }): void {
	const limit =
		(next: Handler, { commandName = "" }: { readonly commandName?: string }) =>
		async (args: object) => {
			const result = await next(args)
			const { response } = result
			// An error response of a streaming operation is not an event stream.
			const isStream = response.statusCode === 200 && /Stream(Command)?$/.test(commandName)
			if (response.body instanceof Readable)
				// An error is passed on by the limited stream, so there is nothing to do when the pipeline ends.
				response.body = pipeline(response.body, new ResponseLimit(isStream), () => undefined)
			return result
		}
	middlewareStack.add(limit as never, { step: "deserialize", priority: "low", name: "limitResponses" } as never)
}

/** Passes a response on until it exceeds a limit. */
export class ResponseLimit extends Transform {
	readonly #isStream: boolean
	#bytes = 0
	/** Bytes until the end of the current frame; 0 when its length is not known yet. */
	#frameBytes = 0
	readonly #length = Buffer.alloc(4)
	#lengthBytes = 0

	constructor(isStream: boolean) {
		super()
		this.#isStream = isStream
	}

	override _transform(chunk: Buffer, _: BufferEncoding, callback: TransformCallback): void {
		const maxBytes = this.#isStream ? MAX_BYTES.stream : MAX_BYTES.whole
		this.#bytes += chunk.length
		if (this.#bytes > maxBytes) callback(tooLarge(maxBytes, TOO_LARGE.response))
		else if (this.#isStream && !this.#areFramesAllowed(chunk)) callback(tooLarge(MAX_FRAME_BYTES, TOO_LARGE.frame))
		else callback(null, chunk)
	}

	/** Reads the length at the start of each frame. Its first four bytes are the frame's length including them. */
	#areFramesAllowed(chunk: Buffer): boolean {
		for (let at = 0; at < chunk.length;) {
			if (this.#frameBytes > 0) {
				const passed = Math.min(this.#frameBytes, chunk.length - at)
				this.#frameBytes -= passed
				at += passed
				continue
			}
			this.#length[this.#lengthBytes++] = chunk[at++] ?? 0
			if (this.#lengthBytes < 4) continue
			this.#lengthBytes = 0
			const length = this.#length.readUInt32BE()
			if (length > MAX_FRAME_BYTES) return false
			this.#frameBytes = Math.max(0, length - 4)
		}
		return true
	}
}

/* eslint-disable bedrock-tiers/untranslated-text -- technical reasons, quoted like those of the system */
const TOO_LARGE = {
	response: "The response is larger than",
	// A web page, for example, begins like a frame of more than 1 GB.
	frame: "It is not an event stream, or an event is larger than",
}

function tooLarge(maxBytes: number, reason: string): Error {
	return new Error(`${reason} ${Math.floor(maxBytes / 1024 / 1024)} MB.`)
}
