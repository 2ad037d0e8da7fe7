import { readFile } from "node:fs/promises"
import { redactEndpoint } from "@bedrock-tiers/protocol"
import * as z from "zod/mini"
import { replaceFile } from "../app/storage/private-files"
import { visibleJson } from "../app/visible-text"
import { rowSchema, type VerifiedRow } from "./verify-requests"

const recordSchema = z.strictObject({
	/** ISO 8601 time in UTC. */
	date: z.iso.datetime(),
	modelId: z.string(),
	calledModelId: z.string(),
	region: z.string(),
	/**
	 * Endpoint that was called, whether an option or AWS's settings chose it; `null` for AWS's own. Results from any other
	 * endpoint prove nothing about AWS.
	 */
	endpoint: z.nullable(z.string()),
	sdkVersion: z.string(),
	asExpected: z.boolean(),
	rows: z.array(rowSchema),
})

const fileSchema = z.strictObject({ format: z.literal(1), records: z.array(recordSchema) })

export type VerifyRecord = z.infer<typeof recordSchema>

/** Codes whose messages describe the request. Messages of other codes can name the caller, which is private. */
const SHAREABLE_CODES: ReadonlySet<string> = new Set(["tier-refused", "bad-input", "model-not-found"])
const ACCOUNT_ID = /\b\d{12}\b/g
const redactAccountIds = (text: string) => text.replace(ACCOUNT_ID, "000000000000")

/** Removes private data: account ids, the query of an endpoint, and AWS messages that can name the caller. */
export function redactRecord(record: VerifyRecord): VerifyRecord {
	return {
		...record,
		modelId: redactAccountIds(record.modelId),
		calledModelId: redactAccountIds(record.calledModelId),
		endpoint: record.endpoint === null ? null : redactEndpoint(record.endpoint),
		rows: record.rows.map(redactRow),
	}
}

function redactRow(verified: VerifiedRow): VerifiedRow {
	const { code, message } = verified
	const isShareable = message !== null && (code === null || SHAREABLE_CODES.has(code))
	return { ...verified, message: isShareable ? redactAccountIds(message) : null }
}

/**
 * Reads the records of a file, oldest first. The result is empty when the file does not exist.
 * @throws Error with a user-facing message when the file cannot be read or is not a record file
 */
export async function readRecords(path: string): Promise<VerifyRecord[]> {
	let text: string
	try {
		text = await readFile(path, "utf8")
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return []
		throw new Error(`${path} cannot be read.`, { cause: error })
	}
	const read = fileSchema.safeParse(parseJson(text))
	if (!read.success) throw new Error(`${path} is no record of this command, so nothing is appended to it.`)
	return read.data.records
}

/** Appends the record without its private data. The whole file is replaced atomically. */
export async function appendRecord(path: string, record: VerifyRecord): Promise<void> {
	const records = [...(await readRecords(path)), redactRecord(record)]
	await replaceFile(path, `${visibleJson({ format: 1, records }, "\t")}\n`)
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}
