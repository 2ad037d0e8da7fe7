import { execFileSync } from "node:child_process"
import {
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmdirSync,
	rmSync,
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
export type Writes = Readonly<Record<string, string | null>>

/** The checkout on disk. */
export class Checkout implements FileTree {
	constructor(readonly root: string) {}

	read(path: string): string {
		if (!this.has(path)) throw new AnchorMiss(path, "the file", null)
		const bytes = readFileSync(join(this.root, path))
		const text = bytes.toString("utf8")
		if (!Buffer.from(text, "utf8").equals(bytes)) throw new AnchorMiss(path, "the file", 0, "it is not UTF-8")
		return text
	}

	has(path: string): boolean {
		return existsSync(join(this.root, path))
	}

	/**
	 * Writes all or nothing: where one write fails, those before it are taken back.
	 * @param last the path that is written or removed after all others
	 */
	write(writes: Writes, last: string): void {
		const paths = Object.keys(writes).toSorted((a, b) => Number(a === last) - Number(b === last))
		for (const path of paths) this.#mustBeInside(path)
		const before = new Map(paths.map((path) => [path, this.has(path) ? readFileSync(join(this.root, path)) : null]))
		const done: string[] = []
		try {
			for (const path of paths) {
				done.push(path)
				this.#put(path, writes[path] ?? null)
			}
		} catch (error) {
			for (const path of done.toReversed()) this.#put(path, before.get(path) ?? null)
			throw error
		}
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
		if (content === null) {
			rmSync(target, { force: true })
			this.#removeEmptyFolders(dirname(target))
			return
		}
		mkdirSync(dirname(target), { recursive: true })
		const beside = `${target}.bedrock-tiers-new`
		const mode = existsSync(target) ? lstatSync(target).mode : undefined
		writeFileSync(beside, content, { mode })
		renameSync(beside, target)
	}

	#removeEmptyFolders(folder: string): void {
		if (folder === this.root || !existsSync(folder) || readdirSync(folder).length > 0) return
		rmdirSync(folder)
		this.#removeEmptyFolders(dirname(folder))
	}

	/** A link could lead the patch out of the checkout. */
	#mustBeInside(path: string): void {
		const root = realpathSync(this.root)
		let folder = dirname(join(this.root, path))
		while (!existsSync(folder)) folder = dirname(folder)
		const real = realpathSync(folder)
		const isInside = real === root || real.startsWith(root + sep)
		const isLink = this.has(path) && lstatSync(join(this.root, path)).isSymbolicLink()
		if (!isInside || isLink) throw new AnchorMiss(path, "the file", 0, "a symbolic link leads away from it")
	}
}
