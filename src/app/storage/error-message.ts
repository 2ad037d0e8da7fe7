/** What the system says went wrong, in its own words. */
export function inWords(error: unknown): string {
	return error instanceof Error ? error.message : String(error)
}
