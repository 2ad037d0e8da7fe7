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

/** A tree of files that is read: the checkout, or the checkout as it was before the patch. Paths have forward slashes. */
export interface FileTree {
	/** The file's text; throws where there is none. */
	read(path: string): string
	has(path: string): boolean
}

/** What a file is to become; null = it is to go. */
export type Write = readonly [path: string, content: string | null]

/** Each file is written beside its place and then put there. A run that breaks off leaves such a file behind. */
export const LEFTOVER = ".bedrock-tiers-new"

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

	/** Writes all, one after the other, or nothing: where one write fails, those before it are taken back. */
	write(writes: readonly Write[]): void {
		for (const [path] of writes) this.mustTake(path)
		const before = new Map(
			writes.map(([path]) => [path, this.has(path) ? readFileSync(join(this.root, path)) : null]),
		)
		const begun: string[] = []
		try {
			for (const [path, content] of writes) {
				begun.push(path)
				this.#put(path, content)
			}
		} catch (error) {
			for (const path of new Set(begun.toReversed())) this.#takeBack(path, before.get(path) ?? null)
			throw error
		}
	}

	/** Throws where a file cannot be written: a link could lead the patch out of the checkout. */
	mustTake(path: string): void {
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

	/** Files that differ from the last commit or are new; null where this is no git work tree. */
	dirtyFiles(): string[] | null {
		const git = (...args: string[]) =>
			execFileSync("git", args, { cwd: this.root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
		try {
			const prefix = git("rev-parse", "--show-prefix").trim()
			// "XY path"; a renamed file's old path is an entry of its own, without "XY ".
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
		const nextToCheckout = target + LEFTOVER
		if (content === null) {
			rmSync(target, { force: true })
			rmSync(nextToCheckout, { force: true })
			this.#removeEmptyFolders(dirname(target))
			return
		}
		mkdirSync(dirname(target), { recursive: true })
		writeFileSync(nextToCheckout, content)
		if (existsSync(target)) chmodSync(nextToCheckout, statSync(target).mode)
		renameSync(nextToCheckout, target)
	}

	/** A file whose writing failed is still as it was, and must not keep the others from being put back. */
	#takeBack(path: string, content: Buffer | null): void {
		try {
			this.#put(path, content)
		} catch {
			// The first failure is the one that is told.
		}
	}

	#removeEmptyFolders(folder: string): void {
		if (folder === this.root || !existsSync(folder) || readdirSync(folder).length > 0) return
		rmdirSync(folder)
		this.#removeEmptyFolders(dirname(folder))
	}
}
