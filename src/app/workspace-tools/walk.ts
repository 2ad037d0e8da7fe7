import { join } from "node:path"
import type { Call } from "./call"
import { readFolder, type FolderEntry, type Found, type Kind } from "./guard"
import { IgnoreRules } from "./ignore-rules"
import { isSecretFolder } from "./secret-files"
import { counted, countOf, visible } from "./shown-text"

export type Walked = Found & { readonly isLink: boolean }

/** What a walk left out. It grows while the walk goes on. */
export type LeftOut = {
	/** Links that lead out of the workspace, or to nothing. */
	links: number
	/** Folders that could not be read. */
	folders: number
	/** Folders with more entries than are read of one. */
	cutFolders: number
	/** The walk ended before all was seen: the time was up, or there were too many entries. */
	isCut: boolean
}

export function nothingLeftOut(): LeftOut {
	return { links: 0, folders: 0, cutFolders: 0, isCut: false }
}

type Frame = {
	readonly entries: readonly FolderEntry[]
	next: number
	readonly rules: IgnoreRules
	readonly folder: Found
}

/**
 * All that lies below a folder, each folder before its entries, by name. Left out: what .gitignore names, `node_modules`, and
 * folders that hold secrets, as `.git`. Links are named, not followed: what they lead to has its own place.
 */
export async function* walk(call: Call, start: Found, leftOut: LeftOut): AsyncGenerator<Walked, void, void> {
	const open = [await enter(call, start, await rulesAbove(start), leftOut)]
	let walked = 0
	for (let frame = open.at(-1); frame; frame = open.at(-1)) {
		const entry = frame.entries[frame.next++]
		if (!entry) {
			open.pop()
			continue
		}
		leftOut.isCut = call.clock.isOver() || ++walked > call.limits.walkedEntries
		if (leftOut.isCut) return
		const { name, kind, isLink } = entry
		const segments = [...frame.folder.segments, name]
		const isFolder = kind === "folder" && !isLink
		if (isNeverWalked(name) || frame.rules.ignores(segments, isFolder)) continue
		if (kind === "outside") {
			leftOut.links++
			continue
		}
		const { root, shown, real } = frame.folder
		const item = { root, segments, shown: shownBelow(shown, name), real: join(real, name), kind, isLink }
		yield item
		if (!isFolder) continue
		const inside = await enter(call, item, frame.rules, leftOut).catch(() => undefined)
		if (inside) open.push(inside)
		else leftOut.folders++
	}
}

async function enter({ roots, limits }: Call, folder: Found, rules: IgnoreRules, leftOut: LeftOut): Promise<Frame> {
	const { entries, isCut } = await readFolder(roots, folder, limits.folderEntries)
	if (isCut) leftOut.cutFolders++
	return { entries, next: 0, rules: await rules.inside(folder.real, folder.segments), folder }
}

function isNeverWalked(name: string): boolean {
	return name === "node_modules" || isSecretFolder(name)
}

/** The rules of the folders above the one where a walk starts. */
async function rulesAbove({ root, segments }: Found): Promise<IgnoreRules> {
	let rules = IgnoreRules.NONE
	for (let depth = 0; depth < segments.length; depth++) {
		const above = segments.slice(0, depth)
		rules = await rules.inside(join(root.real, ...above), above)
	}
	return rules
}

export function shownBelow(folder: string, name: string): string {
	return folder === "" ? visible(name) : `${folder}/${visible(name)}`
}

/** The name of an entry in a list: a folder ends with a slash. */
export function nameInList(shown: string, kind: Kind, isLink: boolean): string {
	return (
		shown +
		(kind === "folder" ? "/" : "") +
		(isLink ? " (link)" : "") +
		(kind === "special" ? " (no plain file)" : "")
	)
}

/** What a walk left out, a sentence each. */
export function formatLeftOut({ links, folders, cutFolders }: LeftOut, { limits }: Call): string[] {
	const sentences: string[] = []
	if (links > 0)
		sentences.push(
			`${countOf(links, "link that leads", "links that lead")} out of the workspace or to nothing: left out.`,
		)
	if (folders > 0) sentences.push(`${countOf(folders, "folder")} could not be read.`)
	if (cutFolders > 0)
		sentences.push(
			`Of ${countOf(cutFolders, "very large folder")} only ${counted(limits.folderEntries)} entries were read.`,
		)
	return sentences
}
