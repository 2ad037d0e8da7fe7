import type { ModelRequest } from "../bedrock-api"
import { isServiceException } from "../failures"

type Headers = Readonly<Record<string, string>>

/** An answer that Bedrock began (200) and that the SDK could not hand over. */
export type BrokenAnswer = {
	/** Ends at once, with what broke. */
	readonly events: AsyncIterable<never>
	/** Names in lower case. */
	readonly headers: Headers
}

/** Of an answer in one piece that could not be read: it was paid for all the same. */
export const UNREADABLE = { text: null, usage: null, stopReason: null } as const

/** An SDK command. Its stack's types are those of its own input and output, which are nothing to us. */
type Command = { readonly middlewareStack: { add(middleware: never, options: never): void } }
type Response = { readonly statusCode?: number; readonly headers?: Headers }
type Args = { readonly request: { readonly headers: Headers } }
type Next = (args: Args) => Promise<{ readonly response: Response }>

/**
 * Watches a command on its way: tells when it goes to the connection, and an answer that broke from one that never began. The SDK waits for the first event of a stream, and for all of an
 * answer in one piece, and throws whatever happens there as if nothing had been accepted; but a 200 was, and may be
 * billed. To be called before the command is sent.
 * @returns what to ask when sending threw: the broken answer, if it began. Every other error it throws as it is: refusals,
 *   connections that gave no answer.
 */
export function trackResponse(
	{ middlewareStack }: Command,
	{ onSent }: Pick<ModelRequest, "onSent">,
): (error: unknown) => BrokenAnswer {
	let headers: Headers | null = null
	const note = (next: Next) => async (args: Args) => {
		onSent(args.request.headers)
		const result = await next(args)
		if (result.response.statusCode === 200) headers = result.response.headers ?? {}
		return result
	}
	// Of the SDK's steps "deserialize" is the one around the connection alone: credentials are found and it is signed by
	// then. After the SDK's own reader, that is nearer to the wire.
	middlewareStack.add(note as never, { step: "deserialize", priority: "low", name: "watch" } as never)
	return (error) => {
		if (headers === null || isServiceException(error)) throw error
		return { events: failing(withoutHint(error)), headers }
	}
}

/** The SDK adds a hint for developers to the message. */
function withoutHint(error: unknown): unknown {
	const [what] = error instanceof Error ? error.message.split("\n") : []
	return what === undefined ? error : new Error(what, { cause: error })
}

function failing(error: unknown): AsyncIterable<never> {
	return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }
}
