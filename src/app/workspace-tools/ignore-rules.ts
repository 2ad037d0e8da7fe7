import { constants } from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import ignore from "ignore"

/** The rules of one folder's .gitignore. They apply to everything below that folder. */
type Level = {
	/** Depth of that folder below the workspace folder; 0 for the workspace folder itself. */
	readonly depth: number
	readonly lines: readonly string[]
	readonly rules: ReturnType<typeof ignore>
}

const MAX_BYTES = 256 * 1024
/** Git also ignores case on systems with a case-insensitive file system. */
const ignorecase = process.platform === "win32" || process.platform === "darwin"

/**
 * The .gitignore files from a workspace folder down to one of its folders. Files above the workspace folder, Git's
 * `info/exclude` and the user's global excludes file are not applied.
 */
export class IgnoreRules {
	static readonly NONE = new IgnoreRules([])

	private constructor(private readonly levels: readonly Level[]) {}

	/** Whether Git would ignore this path. @param segments the path below the workspace folder */
	ignores(segments: readonly string[], isFolder: boolean): boolean {
		for (const { depth, rules } of this.levels.toReversed()) {
			const { ignored, unignored } = rules.test(pathBelow(segments, depth, isFolder))
			if (ignored || unignored) return ignored
		}
		return false
	}

	/**
	 * The rules for the content of a folder: the current rules and those of the folder's own .gitignore. An ignored
	 * folder is only entered because a deeper rule re-includes it or its path was requested, so it is re-included here.
	 * @param folder absolute path with symbolic links resolved
	 */
	async forFolder(folder: string, segments: readonly string[]): Promise<IgnoreRules> {
		const above = this.levels.map((level) => reincludeFolder(level, segments))
		const lines = await readRules(folder)
		return new IgnoreRules(lines.length > 0 ? [...above, createLevel(segments.length, lines)] : above)
	}
}

function createLevel(depth: number, lines: readonly string[]): Level {
	return { depth, lines, rules: ignore({ ignorecase }).add(lines) }
}

function reincludeFolder(level: Level, segments: readonly string[]): Level {
	if (segments.length === level.depth) return level
	const path = pathBelow(segments, level.depth, true)
	if (!level.rules.test(path).ignored) return level
	return createLevel(level.depth, [...level.lines, `!/${path.replace(/[\\*?[\]!# ]/g, "\\$&")}`])
}

function pathBelow(segments: readonly string[], depth: number, isFolder: boolean): string {
	return segments.slice(depth).join("/") + (isFolder ? "/" : "")
}

/** Lines of the folder's .gitignore; empty when it is missing or unreadable. As in Git, a link is not followed. */
async function readRules(folder: string): Promise<string[]> {
	const handle = await open(join(folder, ".gitignore"), NON_BLOCKING_READ).catch(() => undefined)
	try {
		const stats = await handle?.stat()
		if (!handle || !stats?.isFile() || stats.size > MAX_BYTES) return []
		return (await handle.readFile("utf8")).split(/\r?\n/).filter(isSafeRule)
	} catch {
		return []
	} finally {
		await handle?.close()
	}
}

const NON_BLOCKING_READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** A line with many `**` takes exponential time to match. More than three have no practical use. */
function isSafeRule(line: string): boolean {
	return line.length <= 1_000 && line.split("**").length <= 4
}
