import { isServiceException } from "./failures"

/** Of an answer in one piece that could not be read: it was paid for all the same. */
export const UNREADABLE = { text: null, usage: null, stopReason: null } as const

/** What the SDK hides on an error that it met while it read an answer. */
type WithResponse = Error & { $response?: { statusCode?: number; headers?: Readonly<Record<string, string>> } }

export type BrokenAnswer = {
	/** Ends at once, with what broke. */
	readonly events: AsyncIterable<never>
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>
}

/**
 * An answer that Bedrock began (200), whose first event, or whose one piece, never came whole. The SDK waits for that and
 * throws as if nothing had been accepted; but it was, and may be billed. Throws every other error as it is: refusals,
 * stops, connections that gave no answer.
 */
export function brokenAnswer(error: unknown, signal: AbortSignal | undefined): BrokenAnswer {
	const isAnswers = error instanceof Error && !isServiceException(error) && !signal?.aborted
	const { $response } = isAnswers ? (error as WithResponse) : {}
	if ($response?.statusCode !== 200) throw error
	// The SDK adds a hint for developers to the message.
	const [what] = (error as Error).message.split("\n")
	return { events: failing(new Error(what, { cause: error })), headers: $response.headers ?? {} }
}

function failing(error: Error): AsyncIterable<never> {
	return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }
}
