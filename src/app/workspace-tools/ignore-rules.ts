import { constants } from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import ignore from "ignore"

/** What the .gitignore of one folder says of what lies below it. */
type Level = {
	/** How deep that folder lies in the workspace folder. */
	readonly depth: number
	readonly lines: readonly string[]
	readonly rules: ReturnType<typeof ignore>
}

const MAX_BYTES = 256 * 1024
/** Where names of either case are the same file, they are for Git too. */
const ignorecase = process.platform === "win32" || process.platform === "darwin"

/**
 * The .gitignore files from a workspace folder down to one of its folders. Those above the workspace folder, Git's
 * `info/exclude` and the person's own list do not count.
 */
export class IgnoreRules {
	static readonly NONE = new IgnoreRules([])

	private constructor(private readonly levels: readonly Level[]) {}

	/** Whether Git would leave this out. @param segments the path below the workspace folder */
	ignores(segments: readonly string[], isFolder: boolean): boolean {
		for (const { depth, rules } of this.levels.toReversed()) {
			const { ignored, unignored } = rules.test(pathBelow(segments, depth, isFolder))
			if (ignored || unignored) return ignored
		}
		return false
	}

	/**
	 * The rules inside a folder: those so far and its own file's. Whoever is in a folder that Git leaves out was sent there,
	 * by a deeper rule or by name, so it is taken back in them.
	 * @param folder absolute, without links
	 */
	async inside(folder: string, segments: readonly string[]): Promise<IgnoreRules> {
		const above = this.levels.map((level) => takenBack(level, segments))
		const lines = await readRules(folder)
		return new IgnoreRules(lines.length > 0 ? [...above, levelOf(segments.length, lines)] : above)
	}
}

function levelOf(depth: number, lines: readonly string[]): Level {
	return { depth, lines, rules: ignore({ ignorecase }).add(lines) }
}

function takenBack(level: Level, segments: readonly string[]): Level {
	if (segments.length === level.depth) return level
	const path = pathBelow(segments, level.depth, true)
	if (!level.rules.test(path).ignored) return level
	return levelOf(level.depth, [...level.lines, `!/${path.replace(/[\\*?[\]!# ]/g, "\\$&")}`])
}

function pathBelow(segments: readonly string[], depth: number, isFolder: boolean): string {
	return segments.slice(depth).join("/") + (isFolder ? "/" : "")
}

/** None where there is no such file, or none that can be read. As in Git, a link is not followed. */
async function readRules(folder: string): Promise<string[]> {
	const handle = await open(join(folder, ".gitignore"), READ_WITHOUT_WAITING).catch(() => undefined)
	try {
		const stats = await handle?.stat()
		if (!handle || !stats?.isFile() || stats.size > MAX_BYTES) return []
		return (await handle.readFile("utf8")).split(/\r?\n/).filter(canBeTested)
	} catch {
		return []
	} finally {
		await handle?.close()
	}
}

const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** With many `**` in one line, testing it takes time without end; nobody has a use for more than three. */
function canBeTested(line: string): boolean {
	return line.length <= 1_000 && line.split("**").length <= 4
}
