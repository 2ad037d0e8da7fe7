import { execFileSync } from "node:child_process"
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs"
import { dirname, join, sep } from "node:path"
import { AnchorMiss } from "./anchor-miss"

/** Reads files of the checkout, or of the checkout as it was before the patch. Paths have forward slashes. */
export interface FileTree {
	/** Returns the text of a file; throws when the file does not exist. */
	read(path: string): string
	has(path: string): boolean
}

/** The new content of a file; `null` deletes the file. */
export type Write = readonly [path: string, content: string | null]

/** Suffix of the temporary file that is written first and then renamed. An interrupted run leaves such a file. */
export const TEMPORARY_SUFFIX = ".bedrock-tiers-new"

/** The checkout on disk. */
export class Checkout implements FileTree {
	constructor(readonly root: string) {}

	read(path: string): string {
		if (!this.has(path)) throw new AnchorMiss(path, "the file", null)
		if (!statSync(join(this.root, path)).isFile()) throw new AnchorMiss(path, "the file", 0, "it is no file")
		const bytes = readFileSync(join(this.root, path))
		const text = bytes.toString("utf8")
		if (!Buffer.from(text, "utf8").equals(bytes)) throw new AnchorMiss(path, "the file", 0, "it is not UTF-8")
		return text
	}

	has(path: string): boolean {
		return existsSync(join(this.root, path))
	}

	/** Writes all files in order, or none: when one write fails, the writes before it are rolled back. */
	write(writes: readonly Write[]): void {
		for (const [path] of writes) this.assertWritable(path)
		const before = new Map(
			writes.map(([path]) => [path, this.has(path) ? readFileSync(join(this.root, path)) : null]),
		)
		const started: string[] = []
		try {
			for (const [path, content] of writes) {
				started.push(path)
				this.#put(path, content)
			}
		} catch (error) {
			for (const path of new Set(started.toReversed())) this.#rollBack(path, before.get(path) ?? null)
			throw error
		}
	}

	/** Throws when a file cannot be written. A symbolic link, for example, could lead out of the checkout. */
	assertWritable(path: string): void {
		const root = realpathSync(this.root)
		const target = join(this.root, path)
		let folder = dirname(target)
		while (!existsSync(folder)) folder = dirname(folder)
		const real = realpathSync(folder)
		const isInside = real === root || real.startsWith(root + sep)
		const isFolder = statSync(folder).isDirectory()
		if (!isFolder) throw new AnchorMiss(path, "the file", 0, "a file stands where its folder should be")
		const isLink = lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
		if (!isInside || isLink) throw new AnchorMiss(path, "the file", 0, "a symbolic link leads away from it")
	}

	/** Files that are new or differ from the last commit; `null` when this is not a git work tree. */
	dirtyFiles(): string[] | null {
		const git = (...args: string[]) =>
			execFileSync("git", args, { cwd: this.root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
		try {
			const prefix = git("rev-parse", "--show-prefix").trim()
			// An entry is "XY path". The old path of a renamed file is a separate entry, without "XY ".
			return git("status", "--porcelain", "-z", "--untracked-files=all", ".")
				.split("\0")
				.filter((entry) => entry[2] === " ")
				.map((entry) => entry.slice(3))
				.map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path))
		} catch {
			return null
		}
	}

	#put(path: string, content: string | Buffer | null): void {
		const target = join(this.root, path)
		const temporaryFile = target + TEMPORARY_SUFFIX
		if (content === null) {
			rmSync(target, { force: true })
			rmSync(temporaryFile, { force: true })
			this.#removeEmptyFolders(dirname(target))
			return
		}
		mkdirSync(dirname(target), { recursive: true })
		writeFileSync(temporaryFile, content)
		if (existsSync(target)) chmodSync(temporaryFile, statSync(target).mode)
		renameSync(temporaryFile, target)
	}

	/** Ignores errors: a file that could not be written is unchanged and must not prevent rollback of the others. */
	#rollBack(path: string, content: Buffer | null): void {
		try {
			this.#put(path, content)
		} catch {
			// The first error is the one that is thrown.
		}
	}

	#removeEmptyFolders(folder: string): void {
		if (folder === this.root || !existsSync(folder) || readdirSync(folder).length > 0) return
		rmdirSync(folder)
		this.#removeEmptyFolders(dirname(folder))
	}
}
