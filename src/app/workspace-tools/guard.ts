import { constants, type BigIntStats, type Stats } from "node:fs"
import { lstat, open, opendir, readlink, realpath, type FileHandle } from "node:fs/promises"
import nodePath from "node:path"
import { errorCode, Refusal, refusalFrom } from "./refusal"
import { isSecret } from "./secret-files"
import { visible } from "./shown-text"
import { parseWorkspacePath } from "./workspace-path"

/**
 * The only module that decides what lies inside, and that reads what is shown. (The rules of a .gitignore are read beside it,
 * and never shown.)
 *
 * A path is resolved through all its links before it is opened, and what was opened is checked again by its handle: on
 * Linux by the path that the kernel names for it, elsewhere by comparing it with what then lies at its place inside. So a
 * file or folder that is swapped for a link in between gives an error, and nothing is read.
 *
 * What cannot be excluded with Node's own calls: a hard link or a mounted folder inside is the file itself, wherever else
 * it lies too. Folders are read by path, as Node opens none relative to another: whoever swaps a folder for a link and
 * back within that moment shows the names of another folder, not the content of its files. Outside Linux, whoever swaps
 * three times at the right moments shows a file. All of these need a program that already runs as the same person.
 */

/** An open workspace folder. */
export type Root = {
	/** The name of the path's first segment; null where there is one folder, whose paths begin below it. */
	readonly name: string | null
	/** Absolute, without links. */
	readonly real: string
}

/** A file or folder that was found inside. */
export type Found = {
	/** The workspace folder that it lies in, and the path below it, both after links were followed. */
	readonly root: Root
	readonly segments: readonly string[]
	/** As the model is told of it, and as it asks for it. */
	readonly shown: string
	/** Absolute, without links, inside one of the folders. */
	readonly real: string
	readonly kind: Kind
}
export type Kind = "file" | "folder" | "special"
type Located = Pick<Found, "real" | "shown" | "kind">

/** An entry of a folder. `outside` = a link that leads out of the workspace, to nothing, or in circles. */
export type FolderEntry = {
	readonly name: string
	readonly kind: Kind | "outside"
	readonly isLink: boolean
}

/** Whether a path is the root or lies below it. Both absolute and without links. */
export function isInside(
	root: string,
	path: string,
	platform: Pick<typeof nodePath, "relative" | "isAbsolute" | "sep"> = nodePath,
): boolean {
	const relative = platform.relative(root, path)
	return relative !== ".." && !relative.startsWith(`..${platform.sep}`) && !platform.isAbsolute(relative)
}

/** The folders that are open, without links; those that are not there are left out. Each has a name of its own. */
export async function openRoots(folders: readonly { readonly name: string; readonly path: string }[]): Promise<Root[]> {
	const names = new Set<string>()
	const roots: Root[] = []
	for (const { name, path } of folders) {
		const real = await realpath(path).catch(() => undefined)
		if (real === undefined) continue
		const plain = plainName(name)
		let own = plain
		for (let next = 2; names.has(own); next++) own = `${plain} (${next})`
		names.add(own)
		roots.push({ name: folders.length === 1 ? null : own, real })
	}
	return roots
}

/** A folder's name as a segment of a path: people may call a workspace folder what they like. */
function plainName(name: string): string {
	const plain = name.replace(/[/\\:\p{Cc}]/gu, "-")
	return plain === "" || /^\.\.?$|^~/.test(plain) ? `folder ${plain}`.trim() : plain
}

/** Finds what a path of the model's leads to. undefined = the list of several folders. Throws a refusal. */
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
	refuseSecret(below, shown)
	try {
		const real = await realpath(nodePath.join(root.real, ...below))
		return { ...mustBeInside(roots, real, shown), shown, real, kind: kindOf(await lstat(real)) }
	} catch (error) {
		throw refusalFrom(error, shown)
	}
}

/** A workspace folder as what a path may lead to. */
export function folderOf(root: Root): Found {
	return { root, segments: [], shown: root.name ?? "", real: root.real, kind: "folder" }
}

/** Opens a file for reading. Nothing but a plain file is opened: a pipe would wait, a device would act. Throws a refusal. */
export async function openFile(roots: readonly Root[], { real, shown, kind }: Located): Promise<FileHandle> {
	if (kind === "folder") throw new Refusal(`"${shown}" is a folder; list_files lists it.`)
	const notPlain = `"${shown}" is not a plain file, so it is not read.`
	if (kind !== "file") throw new Refusal(notPlain)
	let handle: FileHandle | undefined
	try {
		// Both are undefined on Windows, where links are checked by the handle alone and no pipe lies in a folder.
		const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
		handle = await open(real, flags)
		const stats = await handle.stat({ bigint: true })
		if (!stats.isFile()) throw new Refusal(notPlain)
		mustBeInside(roots, (await kernelPath(handle)) ?? (await comparedPath(real, stats)), shown)
		return handle
	} catch (error) {
		await handle?.close()
		throw refusalFrom(error, shown)
	}
}

/**
 * The entries of a folder, sorted by name, and whether there are more than are read. Links are followed to say what they
 * are. Throws a refusal.
 */
export async function readFolder(
	roots: readonly Root[],
	{ real, shown, kind }: Located,
	most: number,
): Promise<{ entries: FolderEntry[]; isCut: boolean }> {
	if (kind !== "folder") throw new Refusal(`"${shown}" is not a folder.`)
	try {
		const entries: FolderEntry[] = []
		let isCut = false
		for await (const entry of await opendir(real, { bufferSize: 512 })) {
			isCut = entries.length >= most
			if (isCut) break
			const kind = entry.isSymbolicLink()
				? await kindBehind(roots, nodePath.join(real, entry.name))
				: kindOf(entry)
			entries.push({ name: entry.name, kind, isLink: entry.isSymbolicLink() })
		}
		mustBeInside(roots, await realpath(real), shown)
		return { entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)), isCut }
	} catch (error) {
		throw refusalFrom(error, shown)
	}
}

/** Where Linux says that an opened file lies; undefined on other systems. */
async function kernelPath(handle: FileHandle): Promise<string | undefined> {
	return readlink(`/proc/self/fd/${handle.fd}`).catch(() => undefined)
}

/** What a path leads to now, if that is what was opened; throws a refusal where it is another file. */
export async function comparedPath(path: string, opened: BigIntStats): Promise<string> {
	const real = await realpath(path)
	const there = await lstat(real, { bigint: true })
	if (there.ino === opened.ino && there.dev === opened.dev) return real
	throw new Refusal("The file was put in another's place while it was opened.")
}

async function kindBehind(roots: readonly Root[], link: string): Promise<Kind | "outside"> {
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

function mustBeInside(roots: readonly Root[], real: string, shown: string): Pick<Found, "root" | "segments"> {
	const root = roots.find((one) => isInside(one.real, real))
	if (!root) throw new Refusal(`"${shown}" leads out of the workspace, so it is not read.`)
	const segments = segmentsBelow(root.real, real)
	// A link may have another name than the file that it leads to.
	refuseSecret(segments, shown)
	return { root, segments }
}

function segmentsBelow(root: string, path: string): string[] {
	const relative = nodePath.relative(root, path)
	return relative === "" ? [] : relative.split(nodePath.sep)
}

function refuseSecret(segments: readonly string[], shown: string): void {
	if (isSecret(segments)) throw new Refusal(`"${shown}" may hold secrets, so it is not read.`)
}
