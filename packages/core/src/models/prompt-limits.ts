/**
 * The most generous reading of a text: prose has about 4 characters a token, code 3, and long runs of blanks, which
 * tokenizers join, the most. What is above the model's window even so cannot fit.
 */
export const MAX_CHARACTERS_PER_TOKEN = 16
/** The largest body of an InvokeModel request (API reference, `body`). None is documented for Converse; it has this one. */
export const MAX_REQUEST_BYTES = 25_000_000

/**
 * Characters that a prompt can have at most.
 * @param contextWindow tokens; null = not known for the model, so that only the size of a request limits it
 */
export function maxPromptCharacters(contextWindow: number | null): number {
	return contextWindow === null
		? MAX_REQUEST_BYTES
		: Math.min(MAX_REQUEST_BYTES, contextWindow * MAX_CHARACTERS_PER_TOKEN)
}
