import { constants, type BigIntStats, type Stats } from "node:fs"
import { lstat, open, opendir, readlink, realpath, type FileHandle } from "node:fs/promises"
import nodePath from "node:path"
import { errorCode, Refusal, refusalFrom } from "./refusal"
import { isSecret, isSecretFolder } from "./secret-files"
import { visible } from "./shown-text"
import { parseWorkspacePath } from "./workspace-path"

/**
 * The only module that decides whether a path is inside the workspace, and the only one that reads content for the
 * model. (ignore-rules.ts reads .gitignore files, whose content is never shown.)
 *
 * A path is resolved through all its symbolic links before it is opened. The opened file is then checked again through
 * its handle: on Linux by the path that the kernel reports for it, on other systems by comparing it with the file that
 * is then at the path. If a file or folder is replaced by a link in between, the call fails and nothing is read.
 *
 * Known limits of Node's file system API: a hard link or a mount point inside the workspace cannot be distinguished from a
 * regular file or folder, even if the same content also exists outside. Folders are read by path, because Node cannot
 * open one relative to another: a program that replaces a folder by a link and restores it during the read exposes the
 * file names of another folder, but not their content. On systems other than Linux, a program that swaps a file three
 * times at the right moments can expose its content. Each of these attacks needs a program that already runs as the
 * same OS user.
 */

/** An open workspace folder. */
export type Root = {
	/** First segment of every path in this folder; `null` when only one folder is open and paths start below it. */
	readonly name: string | null
	/** Absolute path with symbolic links resolved. */
	readonly real: string
}

/** A file or folder inside the workspace. */
export type Found = {
	/** The containing workspace folder and the path below it, both with symbolic links resolved. */
	readonly root: Root
	readonly segments: readonly string[]
	/** Path as the model sees and requests it. */
	readonly shown: string
	/** Absolute path with symbolic links resolved, inside one of the workspace folders. */
	readonly real: string
	readonly kind: Kind
}
export type Kind = "file" | "folder" | "special"
type Located = Pick<Found, "real" | "shown" | "kind">

/** An entry of a folder. `outside`: a link that leaves the workspace, is broken, or is part of a cycle. */
export type FolderEntry = {
	readonly name: string
	readonly kind: Kind | "outside"
	readonly isLink: boolean
}

/** Whether a path is the root or below it. Both must be absolute, with symbolic links resolved. */
export function isInside(
	root: string,
	path: string,
	platform: Pick<typeof nodePath, "relative" | "isAbsolute" | "sep"> = nodePath,
): boolean {
	const relative = platform.relative(root, path)
	return relative !== ".." && !relative.startsWith(`..${platform.sep}`) && !platform.isAbsolute(relative)
}

/** Resolves the open folders and gives each a unique name. Folders that do not exist are omitted. */
export async function openRoots(folders: readonly { readonly name: string; readonly path: string }[]): Promise<Root[]> {
	const names = new Set<string>()
	const roots: Root[] = []
	for (const { name, path } of folders) {
		const real = await realpath(path).catch(() => undefined)
		if (real === undefined) continue
		const plain = plainName(name)
		let uniqueName = plain
		for (let next = 2; names.has(uniqueName); next++) uniqueName = `${plain} (${next})`
		names.add(uniqueName)
		roots.push({ name: folders.length === 1 ? null : uniqueName, real })
	}
	return roots
}

/** A workspace folder's name as a valid path segment. Users can give a workspace folder any name. */
function plainName(name: string): string {
	const plain = name.replace(/[/\\:\p{Cc}]/gu, "-")
	return plain === "" || /^\.\.?$|^~/.test(plain) ? `folder ${plain}`.trim() : plain
}

/**
 * Resolves a path that the model wrote. `undefined` means the top level of a workspace with several folders.
 * @throws Refusal
 */
export async function find(roots: readonly Root[], path: string): Promise<Found | undefined> {
	const segments = parseWorkspacePath(path, nodePath.sep === "\\")
	const several = roots[0]?.name !== null
	if (several && segments.length === 0) return undefined
	const root = several ? roots.find(({ name }) => name === segments[0]) : roots[0]
	const below = several ? segments.slice(1) : segments
	const shown = visible(segments.join("/"))
	if (!root) {
		const names = roots.map(({ name }) => `"${name}"`).join(", ")
		throw new Refusal(`"${shown}" does not begin with the name of a workspace folder: ${names}.`)
	}
	// A folder may have the name of a secret file, such as `src/credentials`. What does not exist counts as a file.
	let kind: Kind = "file"
	try {
		const real = await realpath(nodePath.join(root.real, ...below))
		kind = kindOf(await lstat(real))
		refuseSecret(below, shown, kind)
		return { ...resolveInside(roots, real, shown, kind), shown, real, kind }
	} catch (error) {
		refuseSecret(below, shown, kind)
		throw refusalFrom(error, shown)
	}
}

/** A workspace folder itself, as a `Found`. */
export function folderOf(root: Root): Found {
	return { root, segments: [], shown: root.name ?? "", real: root.real, kind: "folder" }
}

/**
 * Opens a regular file for reading. Pipes and devices are refused: a pipe can block, a device can have side effects.
 * @throws Refusal
 */
export async function openFile(roots: readonly Root[], { real, shown, kind }: Located): Promise<FileHandle> {
	if (kind === "folder") throw new Refusal(`"${shown}" is a folder; list_files lists it.`)
	const notPlain = `"${shown}" is not a plain file, so it is not read.`
	if (kind !== "file") throw new Refusal(notPlain)
	let handle: FileHandle | undefined
	try {
		// Both are undefined on Windows, where links are only checked through the handle and folders contain no pipes.
		const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
		handle = await open(real, flags)
		const stats = await handle.stat({ bigint: true })
		if (!stats.isFile()) throw new Refusal(notPlain)
		resolveInside(roots, (await kernelPath(handle)) ?? (await verifyOpenedPath(real, stats)), shown, kind)
		return handle
	} catch (error) {
		await handle?.close()
		throw refusalFrom(error, shown)
	}
}

/**
 * Reads up to `maxEntries` entries of a folder, sorted by name. `isCut` is true when the folder has more. Links are
 * followed to determine their kind.
 * @throws Refusal
 */
export async function readFolder(
	roots: readonly Root[],
	{ real, shown, kind }: Located,
	maxEntries: number,
): Promise<{ entries: FolderEntry[]; isCut: boolean }> {
	if (kind !== "folder") throw new Refusal(`"${shown}" is not a folder.`)
	try {
		const entries: FolderEntry[] = []
		let isCut = false
		for await (const entry of await opendir(real, { bufferSize: 512 })) {
			isCut = entries.length >= maxEntries
			if (isCut) break
			const kind = entry.isSymbolicLink()
				? await linkTargetKind(roots, nodePath.join(real, entry.name))
				: kindOf(entry)
			entries.push({ name: entry.name, kind, isLink: entry.isSymbolicLink() })
		}
		resolveInside(roots, await realpath(real), shown, "folder")
		return { entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)), isCut }
	} catch (error) {
		throw refusalFrom(error, shown)
	}
}

/** Path that the Linux kernel reports for an open file; `undefined` on other systems. */
async function kernelPath(handle: FileHandle): Promise<string | undefined> {
	return readlink(`/proc/self/fd/${handle.fd}`).catch(() => undefined)
}

/**
 * Resolves the path again and checks that it is still the opened file.
 * @throws Refusal when another file is at the path
 */
export async function verifyOpenedPath(path: string, opened: BigIntStats): Promise<string> {
	const real = await realpath(path)
	const current = await lstat(real, { bigint: true })
	if (current.ino === opened.ino && current.dev === opened.dev) return real
	throw new Refusal("The file was put in another's place while it was opened.")
}

async function linkTargetKind(roots: readonly Root[], link: string): Promise<Kind | "outside"> {
	try {
		const real = await realpath(link)
		return roots.some((root) => isInside(root.real, real)) ? kindOf(await lstat(real)) : "outside"
	} catch (error) {
		if (errorCode(error) === "unknown") throw error
		return "outside"
	}
}

function kindOf(entry: Pick<Stats, "isFile" | "isDirectory">): Kind {
	if (entry.isFile()) return "file"
	return entry.isDirectory() ? "folder" : "special"
}

/** @throws Refusal when the path is outside the workspace or may contain secrets */
function resolveInside(
	roots: readonly Root[],
	real: string,
	shown: string,
	kind: Kind,
): Pick<Found, "root" | "segments"> {
	const root = roots.find((candidate) => isInside(candidate.real, real))
	if (!root) throw new Refusal(`"${shown}" leads out of the workspace, so it is not read.`)
	const relative = nodePath.relative(root.real, real)
	const segments = relative === "" ? [] : relative.split(nodePath.sep)
	// A link and its target can have different names, so the target's name is checked too.
	refuseSecret(segments, shown, kind)
	return { root, segments }
}

function refuseSecret(segments: readonly string[], shown: string, kind: Kind): void {
	const isRefused = kind === "folder" ? segments.some(isSecretFolder) : isSecret(segments)
	if (isRefused) throw new Refusal(`"${shown}" may hold secrets, so it is not read.`)
}
