/**
 * An error whose message, one sentence, is shown to the model. It never contains an absolute path, because the model
 * only knows paths inside the workspace.
 */
export class Refusal extends Error {}

/** Converts a file system error into a refusal. */
export function refusalFrom(error: unknown, shown: string): Refusal {
	if (error instanceof Refusal) return error
	const code = errorCode(error)
	return new Refusal(`"${shown || "."}" ${MESSAGES[code] ?? `could not be read (${code})`}.`)
}

/** The `code` of a Node.js system error; "unknown" when the error has none. */
export function errorCode(error: unknown): string {
	const code = typeof error === "object" && error !== null ? (error as { code?: unknown }).code : undefined
	return typeof code === "string" ? code : "unknown"
}

const NOT_FOUND = "is not in the workspace"
const MESSAGES: Readonly<Record<string, string>> = {
	ENOENT: NOT_FOUND,
	ENOTDIR: NOT_FOUND,
	ENAMETOOLONG: NOT_FOUND,
	ELOOP: "is a link that was not followed",
	EACCES: "may not be read: the system denies it",
	EPERM: "may not be read: the system denies it",
}
