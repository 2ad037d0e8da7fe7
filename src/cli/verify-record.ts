import { readFile, rename, writeFile } from "node:fs/promises"
import { REQUEST_APIS, SERVICE_TIERS } from "@bedrock-tiers/core"
import { ERROR_CODES } from "@bedrock-tiers/protocol"
import * as z from "zod/mini"
import { VERIFY_WAYS } from "./verify-plan"
import { VERIFY_OUTCOMES, VERIFY_SURPRISES, type VerifiedRow } from "./verify-requests"

const count = z.nullable(z.int().check(z.gte(0)))

const row = z.strictObject({
	api: z.enum(REQUEST_APIS),
	way: z.enum(VERIFY_WAYS),
	tier: z.enum(SERVICE_TIERS),
	outcome: z.enum(VERIFY_OUTCOMES),
	surprise: z.nullable(z.enum(VERIFY_SURPRISES)),
	code: z.nullable(z.enum(ERROR_CODES)),
	message: z.nullable(z.string()),
	servedTier: z.nullable(z.string()),
	inputTokens: count,
	outputTokens: count,
	totalUsd: z.nullable(z.number().check(z.gte(0))),
	requestMs: count,
})

const record = z.strictObject({
	/** ISO, in UTC. */
	date: z.iso.datetime(),
	modelId: z.string(),
	calledModelId: z.string(),
	region: z.string(),
	/** Null = AWS's own. Anything else proves nothing about AWS. */
	endpoint: z.nullable(z.string()),
	sdkVersion: z.string(),
	asExpected: z.boolean(),
	rows: z.array(row),
})

const file = z.strictObject({ format: z.literal(1), records: z.array(record) })

export type VerifyRecord = z.infer<typeof record>

/** Refusals that speak of the request. Others may name who asked, which is nobody's business. */
const TELLING: ReadonlySet<string> = new Set(["tier-refused", "bad-input", "model-not-found"])
const ACCOUNT = /\b\d{12}\b/g
const withoutAccounts = (text: string) => text.replace(ACCOUNT, "000000000000")

/** What may be shown to anybody: no account numbers, no words of AWS about who asked. */
export function shareable(made: VerifyRecord): VerifyRecord {
	return {
		...made,
		modelId: withoutAccounts(made.modelId),
		calledModelId: withoutAccounts(made.calledModelId),
		rows: made.rows.map(shareableRow),
	}
}

function shareableRow(verified: VerifiedRow): VerifiedRow {
	const { code, message } = verified
	const tells = message !== null && (code === null || TELLING.has(code))
	return { ...verified, message: tells ? withoutAccounts(message) : null }
}

/**
 * The records of a file, oldest first; none where there is no file.
 * Throws an Error, one sentence, where the file is no such record: it is then left as it is.
 */
export async function readRecords(path: string): Promise<VerifyRecord[]> {
	let text: string
	try {
		text = await readFile(path, "utf8")
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return []
		throw new Error(`${path} cannot be read.`, { cause: error })
	}
	const read = file.safeParse(parsed(text))
	if (!read.success) throw new Error(`${path} is no record of this command, so nothing is appended to it.`)
	return read.data.records
}

/** Appends the record, without what is not for everybody. The file is replaced whole. */
export async function appendRecord(path: string, made: VerifyRecord): Promise<void> {
	const records = [...(await readRecords(path)), shareable(made)]
	const draft = `${path}.${process.pid}.tmp`
	await writeFile(draft, `${JSON.stringify({ format: 1, records }, null, "\t")}\n`)
	await rename(draft, path)
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}
