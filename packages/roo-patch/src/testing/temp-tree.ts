import { execFileSync } from "node:child_process"
import {
	chmodSync,
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll } from "vitest"
import { lookAlike, PROJECT_ROOT, type Files, type Generation } from "./look-alike"

/** The environment of git, without a user's own settings and without those of a git hook that runs the tests. */
const { GIT_DIR: _dir, GIT_INDEX_FILE: _index, GIT_WORK_TREE: _tree, ...environment } = process.env
const GIT_ENVIRONMENT = { ...environment, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" }

/** In memory if the system has such a folder, because thousands of small files are slow on a disk. */
const PARENT_FOLDER = existsSync("/dev/shm") ? "/dev/shm" : tmpdir()

const roots: string[] = []
afterAll(() => {
	for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true })
})

export type TempTreeOptions = {
	/** Whether the folder is a git repository with everything committed. Default: true. */
	readonly git?: boolean
	/** Whether it has a link to this project's node_modules, for the compiler and the bundler. Default: false. */
	readonly modules?: boolean
}

/** A checkout in a temporary folder, which is deleted after the test file. */
export class TempTree {
	readonly root: string

	constructor(files: Files, { git = true, modules = false }: TempTreeOptions = {}) {
		this.root = mkdtempSync(join(PARENT_FOLDER, "roo-patch-"))
		roots.push(this.root)
		for (const [path, text] of Object.entries(files)) this.write(path, text)
		if (modules) symlinkSync(join(PROJECT_ROOT, "node_modules"), this.path("node_modules"))
		if (git) {
			this.git("init", "--quiet", "--template=")
			this.commit()
		}
	}

	path(path: string): string {
		return join(this.root, path)
	}

	read(path: string): string {
		return readFileSync(this.path(path), "utf8")
	}

	write(path: string, content: string | Buffer): void {
		mkdirSync(dirname(this.path(path)), { recursive: true })
		writeFileSync(this.path(path), content)
	}

	remove(path: string): void {
		rmSync(this.path(path), { recursive: true })
	}

	link(target: string, path: string): void {
		symlinkSync(target, this.path(path))
	}

	/** Moves a file or folder out of the tree and leaves a symbolic link in its place. */
	moveAway(path: string, target: string): void {
		renameSync(this.path(path), target)
		this.link(target, path)
	}

	chmod(path: string, mode: number): void {
		chmodSync(this.path(path), mode)
	}

	mode(path: string): number {
		return statSync(this.path(path)).mode & 0o777
	}

	/** Creates a copy, with its git repository. Links are copied as they are. */
	copy(): TempTree {
		const copy = new TempTree({}, { git: false })
		cpSync(this.root, copy.root, { recursive: true, verbatimSymlinks: true })
		return copy
	}

	/** Creates a clone with the files of the last commit. */
	clone(): TempTree {
		const clone = new TempTree({}, { git: false })
		this.git("clone", "--quiet", ".", clone.root)
		return clone
	}

	commit(): void {
		this.git("add", "--all")
		const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.invalid"]
		this.git(...identity, "commit", "--quiet", "--no-verify", "--no-gpg-sign", "--message", "As it is")
	}

	git(...args: string[]): string {
		return execFileSync("git", args, {
			cwd: this.root,
			encoding: "utf8",
			env: GIT_ENVIRONMENT,
			stdio: ["ignore", "pipe", "ignore"],
		})
	}

	/** The bytes of every file by path, and every folder (its path ends with a slash). Links are not followed. */
	snapshot(): Record<string, string> {
		const entries = readdirSync(this.root, { recursive: true, withFileTypes: true })
		const contents = entries
			.map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(this.root.length + 1) }))
			.filter(({ path }) => path !== ".git" && !path.startsWith(".git/"))
			.map(({ entry, path }): [string, string] => [
				entry.isDirectory() ? `${path}/` : path,
				entry.isFile() ? readFileSync(this.path(path)).toString("latin1") : "",
			])
		return Object.fromEntries(contents.sort(([a], [b]) => (a < b ? -1 : 1)))
	}

	/** The modification time of each file, in nanoseconds. */
	times(): Record<string, bigint> {
		const paths = Object.keys(this.snapshot()).filter((path) => !path.endsWith("/"))
		return Object.fromEntries(paths.map((path) => [path, lstatSync(this.path(path), { bigint: true }).mtimeNs]))
	}
}

const templates = new Map<Generation, TempTree>()

/** Creates a clean checkout of a look-alike, like one that was just cloned. */
export function createCheckout(generation: Generation = "with-upstream-tiers"): TempTree {
	const template = templates.get(generation) ?? new TempTree(lookAlike(generation))
	if (!templates.has(generation)) template.git("repack", "-a", "-d", "--quiet")
	templates.set(generation, template)
	return template.copy()
}

/** Paths whose bytes differ, or that only one of the two snapshots has. */
export function differences(before: Record<string, string>, after: Record<string, string>): string[] {
	return [...new Set([...Object.keys(before), ...Object.keys(after)])]
		.filter((path) => before[path] !== after[path])
		.sort()
}
