/** What cannot be done, in one sentence for the model. Never an absolute path: the model knows the workspace only. */
export class Refusal extends Error {}

/** A failure of the file system in words. */
export function refusalFrom(error: unknown, shown: string): Refusal {
	if (error instanceof Refusal) return error
	const code = errorCode(error)
	return new Refusal(`"${shown || "."}" ${WORDS[code] ?? `could not be read (${code})`}.`)
}

/** Node's code of a system error; `unknown` where it has none. */
export function errorCode(error: unknown): string {
	const code = typeof error === "object" && error !== null ? (error as { code?: unknown }).code : undefined
	return typeof code === "string" ? code : "unknown"
}

const NOT_THERE = "is not in the workspace"
const WORDS: Readonly<Record<string, string>> = {
	ENOENT: NOT_THERE,
	ENOTDIR: NOT_THERE,
	ENAMETOOLONG: NOT_THERE,
	ELOOP: "is a link that was not followed",
	EACCES: "may not be read: the system denies it",
	EPERM: "may not be read: the system denies it",
}
