import { z } from "zod"
import { isCreatedPath, isEditedPath } from "./patch-paths"
import { RECORD, type PatchRecord } from "./record"
import { Refusal } from "./refusal"

const digest = z.string().regex(/^[0-9a-f]{64}$/, "is no SHA-256")

const recordedEdit = z.object({
	at: z.int().nonnegative(),
	inserted: z.string(),
	removed: z.string(),
	before: z.string(),
	after: z.string(),
})

const pathOf = (isAllowed: (path: string) => boolean) =>
	z.string().refine(isAllowed, "is no file that the patch writes")

const recordSchema = z.object({
	about: z.string(),
	version: z.string().regex(/^\d+\.\d+\.\d+(?:[-+][\w.+-]{1,40})?$/, "is no version"),
	edited: z.record(
		pathOf(isEditedPath),
		z.object({ before: digest, after: digest, edits: z.array(recordedEdit).max(1000) }),
	),
	created: z.record(pathOf(isCreatedPath), digest),
})

/**
 * Parses a record. It comes with a checkout, so anyone may have written it.
 * @throws Refusal unless the patch could have written it
 */
export function parseRecord(text: string): PatchRecord {
	const { data, error } = recordSchema.safeParse(parseJson(text))
	if (data) return data
	const [issue] = error.issues
	const message = issue?.code === "invalid_key" ? issue.issues[0]?.message : issue?.message
	throw invalidRecord(`${issue?.path.map(String).join(": ") || "the file"}: ${message ?? "is invalid"}`)
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		throw invalidRecord("the file: is no JSON")
	}
}

function invalidRecord(reason: string): Refusal {
	return new Refusal(
		`${RECORD} was not written by this patch or is damaged (${reason}). ` +
			`Restore it from version control, or delete it if the patch is not applied.`,
	)
}
