/** Thrown when the patch refuses to change the checkout in its current state. Nothing has been written then. */
export class Refusal extends Error {
	override readonly name: string = "Refusal"
}

/** A file operation that the operating system refused. */
export class IoFailure extends Refusal {
	override readonly name = "IoFailure"

	constructor(
		action: "read" | "write",
		path: string,
		/** Of Node.js, such as `EACCES`. */
		readonly code: string,
	) {
		super(`Could not ${action} ${path}: ${REASONS[code] ?? "the operation failed"} (${code}).`)
	}
}

const REASONS: Readonly<Record<string, string>> = {
	EACCES: "permission denied",
	EPERM: "the operation is not permitted",
	EROFS: "the file system is read-only",
	ENOSPC: "the disk is full",
	EDQUOT: "the disk quota is used up",
	EFBIG: "the file would be too large",
	EISDIR: "it is a folder",
	ENOTDIR: "a folder of its path is no folder",
	ENOENT: "it does not exist",
	EEXIST: "it exists already",
	ELOOP: "it is a symbolic link",
	ENOTEMPTY: "it is not empty",
	EMFILE: "too many files are open",
	EBUSY: "another program uses it",
	EXDEV: "it is on another file system than the root of the checkout",
	EIO: "the disk reported an error",
}

/** Thrown when a write failed after other files had been written, which have been restored since. */
export class RolledBack extends Error {
	override readonly name = "RolledBack"

	constructor(
		cause: unknown,
		/** Files that could not be restored. Empty: the checkout is as it was before. */
		readonly notRestored: readonly string[],
	) {
		const reason = cause instanceof Error ? cause.message : String(cause)
		const state =
			notRestored.length === 0
				? "Every file is as it was before."
				: `These files could not be restored: ${notRestored.join(", ")}. Solve the cause, then run the patch again, or revert it.`
		super(`${reason} ${state}`, { cause })
	}
}
