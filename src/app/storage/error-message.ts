/** Message of a thrown value, for an error that the system or a library raised. */
export function errorMessage(error: unknown): string {
	return error instanceof Error ? error.message : String(error)
}
