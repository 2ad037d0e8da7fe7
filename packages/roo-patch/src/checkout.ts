/** Reads files of the checkout, or of the checkout as it was before the patch. Paths have forward slashes. */
export interface FileTree {
	/** Returns the text of a file; throws when the file does not exist. */
	read(path: string): string
	has(path: string): boolean
}

/** The new content of a file; `null` deletes the file. */
export type Write = readonly [path: string, content: string | null]
