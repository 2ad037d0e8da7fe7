import { constants } from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { parseIgnorePattern, type IgnorePattern } from "./ignore-pattern"

/** The patterns of one folder's .gitignore, last line first. They apply to everything below that folder. */
type Level = {
	/** Depth of that folder below the workspace folder; 0 for the workspace folder itself. */
	readonly depth: number
	readonly patterns: readonly IgnorePattern[]
}

/**
 * Maximum bytes of all .gitignore files that apply to one path. Further files are not applied, so that hostile files
 * cannot stall a walk: the time per entry is at most these bytes × length of the path.
 */
const MAX_BYTES = 64 * 1024
/** Git also ignores case on systems with a case-insensitive file system. */
const IGNORES_CASE = process.platform === "win32" || process.platform === "darwin"
const foldCase = (text: string) => (IGNORES_CASE ? text.toLowerCase() : text)

/**
 * The .gitignore files from a workspace folder down to one of its folders. Files above the workspace folder, Git's
 * `info/exclude` and the user's global excludes file are not applied.
 */
export class IgnoreRules {
	static readonly NONE = new IgnoreRules([], 0)

	private constructor(
		private readonly levels: readonly Level[],
		private readonly bytes: number,
	) {}

	/**
	 * Whether Git would ignore this entry of a folder that is not ignored itself.
	 * @param segments the path below the workspace folder
	 */
	ignores(segments: readonly string[], isFolder: boolean): boolean {
		const names = segments.map(foldCase)
		for (const { depth, patterns } of this.levels.toReversed()) {
			const path = names.slice(depth)
			const decisive = patterns.find(({ matches }) => matches(path, isFolder))
			if (decisive) return !decisive.isNegated
		}
		return false
	}

	/**
	 * The rules for the content of a folder: the current rules and those of the folder's own .gitignore.
	 * @param folder absolute path with symbolic links resolved
	 */
	async forFolder(folder: string, segments: readonly string[]): Promise<IgnoreRules> {
		const text = await readRules(folder, MAX_BYTES - this.bytes)
		if (text === "") return this
		const lines = foldCase(text).split(/\r?\n/).reverse()
		const patterns = lines.flatMap((line) => parseIgnorePattern(line) ?? [])
		return new IgnoreRules([...this.levels, { depth: segments.length, patterns }], this.bytes + text.length)
	}
}

/**
 * Text of the folder's .gitignore; empty when it is missing, unreadable or too large. As in Git, a link is not followed.
 */
async function readRules(folder: string, maxBytes: number): Promise<string> {
	const handle = await open(join(folder, ".gitignore"), NON_BLOCKING_READ).catch(() => undefined)
	try {
		const stats = await handle?.stat()
		if (!handle || !stats?.isFile() || stats.size > maxBytes) return ""
		return await handle.readFile("utf8")
	} catch {
		return ""
	} finally {
		await handle?.close()
	}
}

const NON_BLOCKING_READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
