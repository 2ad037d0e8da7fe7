import { join } from "node:path"
import type { Call } from "./limits"
import { readFolder, type Found } from "./guard"
import { IgnoreRules } from "./ignore-rules"
import { isSecretFolder } from "./secret-files"
import { formatCount, pluralize, visible } from "./shown-text"

type WalkedEntry = Found & { readonly isLink: boolean }

/** Counts what a walk left out. It is updated during the walk. */
export type LeftOut = {
	/** Links that leave the workspace or are broken. */
	links: number
	/** Folders that could not be read. */
	folders: number
	/** Folders with more entries than `Limits.folderEntries`. */
	cutFolders: number
	/** Whether the walk ended early, because the deadline passed or there were too many entries. */
	isCut: boolean
}

export function emptyLeftOut(): LeftOut {
	return { links: 0, folders: 0, cutFolders: 0, isCut: false }
}

/** A folder whose entries are yet to be visited. */
type Pending = { readonly folder: Found; readonly rules: IgnoreRules }

/**
 * Yields all entries below some folders, level by level, so that a deep or large folder does not use up the limits
 * before the entries next to it and the other folders are reached; the entries of each folder are sorted by name. It
 * leaves out entries that .gitignore excludes, `node_modules`, and folders with secrets such as `.git`. Links are listed
 * but not followed, because a target inside the workspace is visited at its own path.
 * @throws Refusal when one of `starts` cannot be read
 */
export async function* walk(
	call: Call,
	starts: readonly Found[],
	leftOut: LeftOut,
): AsyncGenerator<WalkedEntry, void, void> {
	let level: Pending[] = []
	for (const folder of starts) level.push({ folder, rules: await rulesAbove(folder) })
	let walked = 0
	for (let isStart = true; level.length > 0; isStart = false) {
		const below: Pending[] = []
		for (const { folder, rules } of level) {
			leftOut.isCut = call.deadline.hasPassed()
			if (leftOut.isCut) return
			const content = await enter(call, folder, rules, leftOut).catch((error: unknown) => {
				if (isStart) throw error
			})
			if (!content) {
				leftOut.folders++
				continue
			}
			for (const { name, kind, isLink } of content.entries) {
				leftOut.isCut = call.deadline.hasPassed() || ++walked > call.limits.walkedEntries
				if (leftOut.isCut) return
				const segments = [...folder.segments, name]
				const isFolder = kind === "folder" && !isLink
				if (isNeverWalked(name) || content.rules.ignores(segments, isFolder)) continue
				if (kind === "outside") {
					leftOut.links++
					continue
				}
				const { root, shown, real } = folder
				const item = { root, segments, shown: joinShownPath(shown, name), real: join(real, name), kind, isLink }
				yield item
				if (isFolder) below.push({ folder: item, rules: content.rules })
			}
		}
		level = below
	}
}

async function enter({ roots, limits }: Call, folder: Found, rules: IgnoreRules, leftOut: LeftOut) {
	const { entries, isCut } = await readFolder(roots, folder, limits.folderEntries)
	if (isCut) leftOut.cutFolders++
	return { entries, rules: await rules.forFolder(folder.real, folder.segments) }
}

function isNeverWalked(name: string): boolean {
	return name === "node_modules" || isSecretFolder(name)
}

/** Reads the ignore rules of the folders above the start of a walk. */
async function rulesAbove({ root, segments }: Found): Promise<IgnoreRules> {
	let rules = IgnoreRules.NONE
	for (let depth = 0; depth < segments.length; depth++) {
		const above = segments.slice(0, depth)
		rules = await rules.forFolder(join(root.real, ...above), above)
	}
	return rules
}

export function joinShownPath(folder: string, name: string): string {
	return folder === "" ? visible(name) : `${folder}/${visible(name)}`
}

/** An entry as a line of a list. A folder's name ends with a slash. */
export function formatEntry({ shown, kind, isLink }: Pick<WalkedEntry, "shown" | "kind" | "isLink">): string {
	return (
		shown +
		(kind === "folder" ? "/" : "") +
		(isLink ? " (link)" : "") +
		(kind === "special" ? " (no plain file)" : "")
	)
}

/** Describes what a walk left out, one sentence per kind. */
export function formatLeftOut({ links, folders, cutFolders }: LeftOut, { limits }: Call): string[] {
	const notes: string[] = []
	if (links > 0)
		notes.push(
			`${pluralize(links, "link that leads", "links that lead")} out of the workspace or to nothing: left out.`,
		)
	if (folders > 0) notes.push(`${pluralize(folders, "folder")} could not be read.`)
	if (cutFolders > 0)
		notes.push(
			`Of ${pluralize(cutFolders, "very large folder")} only ${formatCount(limits.folderEntries)} entries were read.`,
		)
	return notes
}
