import type { Call } from "./call"
import { find, folderOf, readFolder, type Found } from "./guard"
import { BoundedLines, counted } from "./shown-text"
import type { ListFilesInput } from "./tools"
import { formatLeftOut, nameInList, nothingLeftOut, shownBelow, walk, type LeftOut } from "./walk"

/** The entries of a folder, or of all folders below it, one a line. Throws a refusal. */
export async function listFiles(call: Call, { path = "", recursive = false }: ListFilesInput): Promise<string> {
	const found = await find(call.roots, path)
	const list = new BoundedLines(call.limits.shownEntries, call.limits.answerCharacters)
	const leftOut = nothingLeftOut()
	for (const start of found ? [found] : call.roots.map(folderOf)) {
		if (!found) list.add(`${start.shown}/`)
		if (recursive) await addAllBelow(call, start, list, leftOut)
		else if (found) await addEntries(call, start, list, leftOut)
	}
	const nothing = list.shown.length === 0 && list.left === 0
	return [...(nothing ? ["Nothing to list."] : list.shown), ...closing(call, list, leftOut, recursive)].join("\n")
}

async function addEntries({ roots, limits }: Call, folder: Found, list: BoundedLines, leftOut: LeftOut): Promise<void> {
	const { entries, isCut } = await readFolder(roots, folder, limits.folderEntries)
	if (isCut) leftOut.cutFolders++
	for (const { name, kind, isLink } of entries)
		if (kind === "outside") leftOut.links++
		else list.add(nameInList(shownBelow(folder.shown, name), kind, isLink))
}

async function addAllBelow(call: Call, start: Found, list: BoundedLines, leftOut: LeftOut): Promise<void> {
	for await (const { shown, kind, isLink } of walk(call, start, leftOut)) list.add(nameInList(shown, kind, isLink))
}

function closing(call: Call, list: BoundedLines, leftOut: LeftOut, recursive: boolean): string[] {
	const sentences = formatLeftOut(leftOut, call)
	if (leftOut.isCut) sentences.unshift("Ended early: there are more. Name a path to list the rest.")
	if (list.left > 0)
		sentences.unshift(`… ${counted(list.left)} more.${recursive ? " Name a path to list less." : ""}`)
	if (recursive) sentences.push("What .gitignore names, .git and node_modules are left out.")
	return sentences
}
