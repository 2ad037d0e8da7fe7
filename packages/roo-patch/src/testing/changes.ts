import { replaceOnce, lookAlike, patched, type Generation } from "./look-alike"

/**
 * Compares two texts line by line. Returns one string per changed place, with removed lines marked "-" and added lines
 * marked "+". Indentation that all lines of a place share is omitted.
 */
export function changes(before: string, after: string): string[] {
	const [old, current] = [before.split("\n"), after.split("\n")]
	const common = commonLines(old, current)
	const places: string[][] = []
	let [oldAt, currentAt] = [0, 0]
	for (const [oldNext, currentNext] of [...common, [old.length, current.length] as const]) {
		const removed = old.slice(oldAt, oldNext).map((line) => `-${line}`)
		const added = current.slice(currentAt, currentNext).map((line) => `+${line}`)
		if (removed.length + added.length > 0) places.push([...removed, ...added])
		;[oldAt, currentAt] = [oldNext + 1, currentNext + 1]
	}
	return places.map(withoutSharedIndent)
}

/** The longest common subsequence of lines, as pairs of line numbers. */
function commonLines(old: string[], current: string[]): (readonly [number, number])[] {
	const lengths = old.map(() => current.map(() => 0))
	const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
	for (const [i, row] of [...lengths.entries()].reverse())
		for (let j = current.length - 1; j >= 0; j--)
			row[j] = old[i] === current[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
	const pairs: (readonly [number, number])[] = []
	for (let [i, j] = [0, 0]; i < old.length && j < current.length;) {
		if (old[i] === current[j]) pairs.push([i++, j++])
		else if (at(i + 1, j) >= at(i, j + 1)) i++
		else j++
	}
	return pairs
}

function withoutSharedIndent(lines: string[]): string {
	const filled = lines.filter((line) => line.slice(1).trim() !== "")
	const shared = Math.min(...filled.map((line) => /^.(\t*)/.exec(line)?.[1]?.length ?? 0))
	return lines.map((line) => `${line[0]}${line.slice(1 + shared)}`).join("\n")
}

/** The changes of the patch to one file of a look-alike, or to another text in its place. */
export function changesOf(generation: Generation, path: string, text = lookAlike(generation)[path] ?? ""): string[] {
	return changes(text, patched(generation, { [path]: text })[path] ?? "")
}

/** Edits one file of a look-alike like a user, then patches it. Returns the result and the changes of the patch. */
export function patchAfterEdits(generation: Generation, path: string, ...edits: [from: string, to: string][]) {
	const edited = edits.reduce((text, [from, to]) => replaceOnce(text, from, to), lookAlike(generation)[path] ?? "")
	return { text: patched(generation, { [path]: edited })[path] ?? "", changes: changesOf(generation, path, edited) }
}

export const lines = (...all: string[]) => all.join("\n")
