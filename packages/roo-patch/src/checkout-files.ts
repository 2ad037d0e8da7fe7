import {
	accessSync,
	closeSync,
	constants,
	fchmodSync,
	fstatSync,
	lstatSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmdirSync,
	unlinkSync,
	writeFileSync,
	type Stats,
} from "node:fs"
import { join, posix, sep } from "node:path"
import { AnchorMiss } from "./anchor-miss"
import type { FileTree } from "./checkout"
import { IoFailure, Refusal } from "./refusal"

/** Windows has neither flag; there, the identity of the opened file is compared only. */
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY, W_OK } = constants

/** The largest file of Roo Code that the patch reads has less than 1 MB. */
const MAX_FILE_BYTES = 16 * 2 ** 20

/** Excludes `.`, `..`, `.git`, separators, and every other spelling that a file system takes for one of them. */
const PATH_PART = /^(?!\.git$)[\w.@-]*[\w@-]$/i

/**
 * The files of a checkout on disk. No other module reads, writes, renames or deletes in a checkout. No operation
 * follows a symbolic link, leaves the root or enters `.git`: every folder of a path is examined on each operation, and
 * a file that was opened must be the one that was examined.
 */
export class CheckoutFiles implements FileTree {
	readonly root: string
	/** What a plan is based on: the first content of every file that was read, `null` for a file that is missing. */
	readonly #seen = new Map<string, Buffer | null>()

	constructor(root: string) {
		this.root = realpathSync(root)
	}

	/** @throws AnchorMiss when there is no such file, or it is no text in UTF-8 */
	read(path: string): string {
		const bytes = this.readBytes(path)
		this.#remember(path, bytes)
		if (bytes === null) throw new AnchorMiss(path, "the file", null)
		const text = bytes.toString("utf8")
		if (!Buffer.from(text, "utf8").equals(bytes)) throw new AnchorMiss(path, "the file", 0, "it is not UTF-8")
		return text
	}

	has(path: string): boolean {
		const exists = this.#stat(path) !== null
		if (!exists) this.#remember(path, null)
		return exists
	}

	/** Returns the content of a file; `null` when there is none. */
	readBytes(path: string): Buffer | null {
		return this.#readBytes(path, PATH_PART)
	}

	/** Returns the permissions of a file; `null` when there is none. */
	mode(path: string): number | null {
		const stats = this.#stat(path)
		return stats && stats.mode & 0o777
	}

	/** @throws Refusal when a file is no longer as it was read */
	assertUnchanged(): void {
		for (const [path, before] of this.#seen) {
			const now = this.readBytes(path)
			if (before === null ? now !== null : now === null || !before.equals(now))
				throw new Refusal(`${path} was changed by another program during this run. Run this again.`)
		}
	}

	/** @throws AnchorMiss, IoFailure when the path cannot be replaced by a file, or its folder cannot be changed */
	assertWritable(path: string): void {
		const stats = this.#stat(path)
		if (stats && !stats.isFile()) throw new AnchorMiss(path, "the file", 0, "it is no file")
		let folder = posix.dirname(path)
		while (folder !== "." && !this.#stat(folder)) folder = posix.dirname(folder)
		withIoFailures("write", path, () => accessSync(join(this.root, folder), W_OK))
	}

	/**
	 * Reads a file of an installed package. Package managers link them, so links are followed inside the root.
	 * @returns `null` when there is no such file, or it is outside of the root
	 */
	readPackageFile(path: string): string | null {
		try {
			const real = realpathSync(join(this.root, ...partsOf(path)))
			if (!real.startsWith(this.root + sep)) return null
			return (
				this.#readBytes(real.slice(this.root.length + 1).replaceAll(sep, "/"), PACKAGE_PART)?.toString() ?? null
			)
		} catch {
			return null
		}
	}

	/** Creates a file. @throws IoFailure when anything is at its path */
	create(path: string, content: string | Buffer, mode: number | null): void {
		withIoFailures("write", path, () => {
			const absolutePath = this.#absolutePath(path)
			const descriptor = openSync(absolutePath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode ?? 0o666)
			try {
				assertSameFile(path, fstatSync(descriptor), this.#stat(path))
				writeFileSync(descriptor, content)
				if (mode !== null) fchmodSync(descriptor, mode)
			} finally {
				closeSync(descriptor)
			}
		})
	}

	/** Renames a file, and replaces the file at the new path. */
	move(from: string, to: string): void {
		withIoFailures("write", to, () => {
			for (const path of [from, to]) {
				const stats = this.#stat(path)
				if (stats && !stats.isFile()) throw new AnchorMiss(path, "the file", 0, "it is no file")
			}
			renameSync(this.#absolutePath(from), this.#absolutePath(to))
		})
	}

	/** Deletes a file, if there is one. */
	remove(path: string): void {
		withIoFailures("write", path, () => {
			if (this.#stat(path)) unlinkSync(this.#absolutePath(path))
		})
	}

	/** Creates one folder. @throws IoFailure when anything is at its path */
	createFolder(path: string): void {
		withIoFailures("write", path, () => mkdirSync(this.#absolutePath(path)))
	}

	/** Creates the folders above a path that do not exist. */
	createFoldersOf(path: string): void {
		const folder = posix.dirname(path)
		if (folder === "." || this.#stat(folder)) return
		this.createFoldersOf(folder)
		this.createFolder(folder)
	}

	/** Deletes an empty folder. @throws IoFailure when it is not empty */
	removeFolder(path: string): void {
		withIoFailures("write", path, () => rmdirSync(this.#absolutePath(path)))
	}

	/** Deletes the folders above a path that are empty. */
	removeEmptyFoldersOf(path: string): void {
		const folder = posix.dirname(path)
		if (folder === "." || this.list(folder)?.length !== 0) return
		this.removeFolder(folder)
		this.removeEmptyFoldersOf(folder)
	}

	/** Returns the names in a folder; `null` when there is no such folder. */
	list(path: string): string[] | null {
		return withIoFailures("read", path, () => (this.#stat(path) ? readdirSync(this.#absolutePath(path)) : null))
	}

	#readBytes(path: string, part: RegExp): Buffer | null {
		return withIoFailures("read", path, () => {
			const stats = this.#stat(path, part)
			if (!stats) return null
			if (!stats.isFile()) throw new AnchorMiss(path, "the file", 0, "it is no file")
			const descriptor = openSync(join(this.root, path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
			try {
				const opened = fstatSync(descriptor)
				assertSameFile(path, opened, stats)
				if (opened.size > MAX_FILE_BYTES) throw new AnchorMiss(path, "the file", 0, "it is larger than 16 MB")
				return readFileSync(descriptor)
			} finally {
				closeSync(descriptor)
			}
		})
	}

	#remember(path: string, bytes: Buffer | null): void {
		if (!this.#seen.has(path)) this.#seen.set(path, bytes)
	}

	/** The absolute path, after every folder of it was examined. */
	#absolutePath(path: string): string {
		this.#stat(path)
		return join(this.root, path)
	}

	/** Examines each part of a path. Returns `null` when there is nothing at the path. */
	#stat(path: string, part = PATH_PART): Stats | null {
		const parts = partsOf(path, part)
		let stats: Stats | undefined
		for (const index of parts.keys()) {
			const current = parts.slice(0, index + 1).join("/")
			stats = withIoFailures("read", path, () => lstatSync(join(this.root, current), { throwIfNoEntry: false }))
			if (!stats) return null
			if (stats.isSymbolicLink())
				throw new AnchorMiss(path, "the file", 0, `${current === path ? "it" : current} is a symbolic link`)
			if (current !== path && !stats.isDirectory())
				throw new AnchorMiss(path, "the file", 0, "a file stands where its folder should be")
		}
		return stats ?? null
	}
}

/** Folders of package managers have other characters in their names, such as `+`. */
const PACKAGE_PART = /^(?!\.git$)[^/\\:]*[^/\\:. ]$/i

function partsOf(path: string, part = PATH_PART): string[] {
	const parts = path.split("/")
	if (!parts.every((each) => part.test(each)))
		throw new AnchorMiss(path, "the file", 0, "it is no path inside the checkout that the patch may use")
	return parts
}

function assertSameFile(path: string, opened: Stats, examined: Stats | null): void {
	if (opened.ino !== examined?.ino)
		throw new Refusal(`${path} was replaced by another program during this run. Run this again.`)
}

/** Turns errors of the operating system into messages. */
function withIoFailures<Result>(action: "read" | "write", path: string, run: () => Result): Result {
	try {
		return run()
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException
		if (error instanceof Refusal || error instanceof AnchorMiss || code === undefined) throw error
		throw new IoFailure(action, path, code)
	}
}
