import { createHash } from "node:crypto"
import type { PlannedFile } from "./plan"
import { applyEdits, inverseEdits, type TextEdit } from "./text-edit"

/** The file that the patch stores in a checkout, so that the patch can be reverted in any clone of it. */
export const RECORD = ".bedrock-tiers.json"

/** One edit, as it is found in the patched file. */
export type RecordedEdit = {
	/** Offset of the inserted text in the patched text. */
	readonly at: number
	readonly inserted: string
	/** The original text at this place. */
	readonly removed: string
	/** The text before and after the edit: enough to find the place again when the file has changed elsewhere. */
	readonly before: string
	readonly after: string
}

export type RecordedFile = {
	/** SHA-256 of the text before and after the patch. */
	readonly before: string
	readonly after: string
	readonly edits: readonly RecordedEdit[]
}

export type PatchRecord = {
	readonly about: string
	readonly version: string
	readonly edited: Readonly<Record<string, RecordedFile>>
	/** SHA-256 of each new file, by path. */
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
	for (let contextLength = 32; ; contextLength *= 2) {
		const before = patched.slice(Math.max(0, start - contextLength), start)
		const after = patched.slice(end, end + contextLength)
		const inserted = patched.slice(start, end)
		const isWholeFile = contextLength > patched.length
		if (isWholeFile || occurrences(patched, before + inserted + after).length === 1)
			return { at: start, inserted, removed: text, before, after }
	}
}

/**
 * Removes the patch from a text. The result is the original, byte for byte, if the file is as the patch left it (or has
 * been restored already); otherwise the user's own changes are preserved.
 * @returns `null` when a place cannot be found again
 */
export function withoutPatch(current: string, file: RecordedFile): { text: string; exact: boolean } | null {
	const found = digest(current)
	if (found === file.before) return { text: current, exact: true }
	const exact = found === file.after
	const undo: TextEdit[] = []
	for (const edit of file.edits) {
		const start = exact ? edit.at : findEdit(current, edit, file.edits)
		if (start === null) return null
		undo.push({ start, end: start + edit.inserted.length, text: edit.removed })
	}
	const text = applyEdits(current, undo)
	if (text === null || (exact && digest(text) !== file.before)) return null
	return { text, exact }
}

/**
 * Finds the offset of an edit in a text that has changed since: between its recorded neighbors, or next to one of them
 * if text was inserted directly before or after the edit. `null` when the place is not found, or found more than once.
 */
function findEdit(current: string, edit: RecordedEdit, all: readonly RecordedEdit[]): number | null {
	const { before, inserted, after } = edit
	const [place, ...others] = occurrences(current, before + inserted + after)
	if (place !== undefined) return others.length === 0 ? place + before.length : null
	const insertedText = inserted.trim()
	// One neighbor alone is ambiguous if the edit inserted nothing, or if the inserted text was copied.
	const recordedCount = all.filter((each) => each.inserted.includes(insertedText)).length
	if (insertedText === "" || occurrences(current, insertedText).length !== recordedCount) return null
	for (const [part, offset] of [
		[before + inserted, before.length],
		[inserted + after, 0],
	] as const) {
		const [place, ...others] = occurrences(current, part)
		if (place !== undefined && others.length === 0) return place + offset
	}
	return null
}

/** The offsets at which a text occurs in another, including overlapping occurrences. An empty text has none. */
function occurrences(text: string, part: string): number[] {
	if (part === "") return []
	const places: number[] = []
	for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) places.push(at)
	return places
}

export function digest(text: string): string {
	return createHash("sha256").update(text, "utf8").digest("hex")
}
