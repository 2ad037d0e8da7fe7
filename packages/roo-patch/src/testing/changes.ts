import { changed, lookAlike, patched, type Generation } from "./look-alike"

/**
 * What was changed from one text to another, line by line: a string for each place, lines that went with "-", lines that
 * came with "+". Indentation that all lines of a place share is left out.
 */
export function changes(before: string, after: string): string[] {
	const [old, now] = [before.split("\n"), after.split("\n")]
	const common = commonLines(old, now)
	const places: string[][] = []
	let [oldAt, nowAt] = [0, 0]
	for (const [oldNext, nowNext] of [...common, [old.length, now.length] as const]) {
		const gone = old.slice(oldAt, oldNext).map((line) => `-${line}`)
		const come = now.slice(nowAt, nowNext).map((line) => `+${line}`)
		if (gone.length + come.length > 0) places.push([...gone, ...come])
		;[oldAt, nowAt] = [oldNext + 1, nowNext + 1]
	}
	return places.map(withoutSharedIndent)
}

/** The longest row of lines that both have in the same order, as pairs of line numbers. */
function commonLines(old: string[], now: string[]): (readonly [number, number])[] {
	const lengths = old.map(() => now.map(() => 0))
	const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
	for (const [i, row] of [...lengths.entries()].reverse())
		for (let j = now.length - 1; j >= 0; j--)
			row[j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
	const pairs: (readonly [number, number])[] = []
	for (let [i, j] = [0, 0]; i < old.length && j < now.length;) {
		if (old[i] === now[j]) pairs.push([i++, j++])
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

/** What the patch changes in one file of a look-alike, or in another text in its place. */
export function changesOf(generation: Generation, path: string, text = lookAlike(generation)[path] ?? ""): string[] {
	return changes(text, patched(generation, { [path]: text })[path] ?? "")
}

/** What the patch makes of one file as a person has changed it, and what it changes there. */
export function afterEdits(generation: Generation, path: string, ...edits: [from: string, to: string][]) {
	const theirs = edits.reduce((text, [from, to]) => changed(text, from, to), lookAlike(generation)[path] ?? "")
	return { text: patched(generation, { [path]: theirs })[path] ?? "", changes: changesOf(generation, path, theirs) }
}

export const lines = (...all: string[]) => all.join("\n")
