import type { ModelRequest } from "../api-adapter"
import { isServiceException } from "../failures"

type Headers = Readonly<Record<string, string>>

/** A response that Bedrock began (200) and that the SDK could not deliver. */
export type BrokenResponse = {
	/** Rejects at once with the error that broke the response. */
	readonly events: AsyncIterable<never>
	/** Header names are in lower case. */
	readonly headers: Headers
}

/** Content of an answer without streaming that could not be read; the request was billed all the same. */
export const UNREADABLE = { text: null, usage: null, stopReason: null } as const

/** An SDK command. Its middleware types are those of its own input and output, which do not matter here. */
type Command = { readonly middlewareStack: { add(middleware: never, options: never): void } }
type Response = { readonly statusCode?: number; readonly headers?: Headers }
type Args = { readonly request: { readonly headers: Headers } }
type Next = (args: Args) => Promise<{ readonly response: Response }>

/**
 * Observes a command while it is sent: reports when it is handed to the connection, and distinguishes a response that
 * broke from one that never began. The SDK waits for the first event of a stream, and for the whole of a response
 * without streaming, and throws any error there as if nothing had been accepted; but a response with status 200 was
 * accepted, and may be billed. Must be called before the command is sent.
 * @returns a function to call with the error that sending threw: it returns the broken response if one began, and
 *   otherwise rethrows the error unchanged (refusals, connections without a response)
 */
export function trackResponse(
	{ middlewareStack }: Command,
	{ onSent }: Pick<ModelRequest, "onSent">,
): (error: unknown) => BrokenResponse {
	let headers: Headers | null = null
	const observe = (next: Next) => async (args: Args) => {
		onSent(args.request.headers)
		const result = await next(args)
		if (result.response.statusCode === 200) headers = result.response.headers ?? {}
		return result
	}
	// The SDK's "deserialize" step wraps only the connection: credentials are resolved and the request is signed by
	// then. Low priority places this middleware after the SDK's own deserializer, closer to the wire.
	middlewareStack.add(observe as never, { step: "deserialize", priority: "low", name: "watch" } as never)
	return (error) => {
		if (headers === null || isServiceException(error)) throw error
		return { events: rejecting(withoutHint(error)), headers }
	}
}

/** The SDK adds a hint for developers to the message, after a line break. */
function withoutHint(error: unknown): unknown {
	const [firstLine] = error instanceof Error ? error.message.split("\n") : []
	return firstLine === undefined ? error : new Error(firstLine, { cause: error })
}

function rejecting(error: unknown): AsyncIterable<never> {
	return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }
}
