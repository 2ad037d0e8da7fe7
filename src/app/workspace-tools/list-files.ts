import type { Call } from "./limits"
import { find, folderOf, readFolder, type Found } from "./guard"
import { BoundedLines, formatCount } from "./shown-text"
import type { ListFilesInput } from "./tools"
import { emptyLeftOut, formatEntry, formatLeftOut, joinShownPath, walk, type LeftOut } from "./walk"

/**
 * Lists the entries of a folder, or of all folders below it when `recursive` is set, one per line.
 * @throws Refusal
 */
export async function listFiles(call: Call, { path = "", recursive = false }: ListFilesInput): Promise<string> {
	const found = await find(call.roots, path)
	const list = new BoundedLines(call.limits.shownEntries, call.limits.answerCharacters)
	const leftOut = emptyLeftOut()
	const starts = found ? [found] : call.roots.map(folderOf)
	if (!found) for (const start of starts) list.add(`${start.shown}/`)
	if (recursive) for await (const entry of walk(call, starts, leftOut)) list.add(formatEntry(entry))
	else if (found) await addEntries(call, found, list, leftOut)
	const isEmpty = list.shown.length === 0 && list.omitted === 0
	const lines = recursive ? list.shown.toSorted(compareAsTree) : list.shown
	return [...(isEmpty ? ["Nothing to list."] : lines), ...closingNotes(call, list, leftOut, recursive)].join("\n")
}

/** Each folder before its entries, and the entries of a folder sorted by name. */
function compareAsTree(one: string, other: string): number {
	return one.replaceAll("/", "\0") < other.replaceAll("/", "\0") ? -1 : 1
}

async function addEntries({ roots, limits }: Call, folder: Found, list: BoundedLines, leftOut: LeftOut): Promise<void> {
	const { entries, isCut } = await readFolder(roots, folder, limits.folderEntries)
	if (isCut) leftOut.cutFolders++
	for (const { name, kind, isLink } of entries)
		if (kind === "outside") leftOut.links++
		else list.add(formatEntry({ shown: joinShownPath(folder.shown, name), kind, isLink }))
}

function closingNotes(call: Call, list: BoundedLines, leftOut: LeftOut, recursive: boolean): string[] {
	const notes = formatLeftOut(leftOut, call)
	if (leftOut.isCut) notes.unshift("Ended early: there are more. Name a path to list the rest.")
	if (list.omitted > 0)
		notes.unshift(`… ${formatCount(list.omitted)} more.${recursive ? " Name a path to list less." : ""}`)
	if (recursive) notes.push("What .gitignore names, .git and node_modules are left out.")
	return notes
}
