/**
 * A deliberately high estimate: prose has about 4 characters per token, code 3, and long runs of whitespace, which
 * tokenizers merge, the most. A prompt that exceeds the model's context window even at this ratio cannot fit.
 */
export const MAX_CHARACTERS_PER_TOKEN = 16
/** Maximum body of an InvokeModel request in bytes (API reference, `body`). Undocumented for Converse, but the same. */
export const MAX_REQUEST_BYTES = 25_000_000

/**
 * Maximum number of characters in a prompt.
 * @param contextWindow tokens; `null` when not known for the model, so that only the request size limits the prompt
 */
export function maxPromptCharacters(contextWindow: number | null): number {
	return contextWindow === null
		? MAX_REQUEST_BYTES
		: Math.min(MAX_REQUEST_BYTES, contextWindow * MAX_CHARACTERS_PER_TOKEN)
}
