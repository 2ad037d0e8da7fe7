import { createHash } from "node:crypto"
import type { PlannedFile } from "./plan"
import { applyEdits, inverseEdits, type TextEdit } from "./text-edit"

/** The file that the patch leaves in a checkout, so that it can be taken out again, in any clone of it. */
export const RECORD = ".bedrock-tiers.json"

/** One edit as it stands in the patched file. */
export type RecordedEdit = {
	/** Offset of what was put in, in the patched text. */
	readonly at: number
	readonly inserted: string
	/** What stood there before. */
	readonly removed: string
	/** What stands before and after it: enough to find the place again when the file has changed elsewhere. */
	readonly before: string
	readonly after: string
}

export type RecordedFile = {
	/** SHA-256 of the text before and after. */
	readonly before: string
	readonly after: string
	readonly edits: readonly RecordedEdit[]
}

export type PatchRecord = {
	readonly about: string
	readonly version: string
	readonly edited: Readonly<Record<string, RecordedFile>>
	/** SHA-256 of each new file. */
	readonly created: Readonly<Record<string, string>>
}

export function recordFile({ before, after, edits }: PlannedFile): RecordedFile {
	return {
		before: digest(before),
		after: digest(after),
		edits: inverseEdits(before, edits).map((edit) => recordEdit(after, edit)),
	}
}

function recordEdit(patched: string, { start, end, text }: TextEdit): RecordedEdit {
	for (let reach = 32; ; reach *= 2) {
		const before = patched.slice(Math.max(0, start - reach), start)
		const after = patched.slice(end, end + reach)
		const inserted = patched.slice(start, end)
		const isWholeFile = reach > patched.length
		if (isWholeFile || occurrences(patched, before + inserted + after).length === 1)
			return { at: start, inserted, removed: text, before, after }
	}
}

/**
 * The text as it was before the patch: byte for byte where the file is as the patch left it (or was put back already),
 * else with the person's own changes kept.
 * @returns null where a place cannot be found again
 */
export function withoutPatch(current: string, file: RecordedFile): { text: string; exact: boolean } | null {
	const found = digest(current)
	if (found === file.before) return { text: current, exact: true }
	if (found === file.after) {
		const undo = file.edits.map(({ at, inserted, removed }) => ({
			start: at,
			end: at + inserted.length,
			text: removed,
		}))
		const text = applyEdits(current, undo)
		return text !== null && digest(text) === file.before ? { text, exact: true } : null
	}
	const undo: TextEdit[] = []
	for (const edit of file.edits) {
		const start = placeOf(current, edit, file.edits)
		if (start === null) return null
		undo.push({ start, end: start + edit.inserted.length, text: edit.removed })
	}
	const text = applyEdits(current, undo)
	return text === null ? null : { text, exact: false }
}

/**
 * Where an edit stands in a text that has changed since: between what stood around it, or beside one of the two where
 * something was put directly after or before it. Null = nowhere, or in more places than one.
 */
function placeOf(current: string, edit: RecordedEdit, all: readonly RecordedEdit[]): number | null {
	const { before, inserted, after } = edit
	const [place, ...others] = occurrences(current, before + inserted + after)
	if (place !== undefined) return others.length === 0 ? place + before.length : null
	const words = inserted.trim()
	// One side alone does not tell where nothing was put in, or where it was copied.
	const known = all.filter((each) => each.inserted.includes(words)).length
	if (words === "" || occurrences(current, words).length !== known) return null
	for (const [part, offset] of [
		[before + inserted, before.length],
		[inserted + after, 0],
	] as const) {
		const [place, ...others] = occurrences(current, part)
		if (place !== undefined && others.length === 0) return place + offset
	}
	return null
}

/** Where a text occurs in another, overlaps counted. */
function occurrences(text: string, part: string): number[] {
	const places: number[] = []
	for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) places.push(at)
	return places
}

export function digest(text: string): string {
	return createHash("sha256").update(text, "utf8").digest("hex")
}
