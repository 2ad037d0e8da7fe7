import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { appendRecord, readRecords, redactRecord, type VerifyRecord } from "./verify-record"

let folder: string
let file: string
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "record-"))
	file = join(folder, "record.json")
})
afterEach(() => rm(folder, { recursive: true }))

const ROW: VerifyRecord["rows"][number] = {
	api: "converse",
	way: "stream",
	tier: "flex",
	outcome: "accepted",
	surprise: null,
	code: null,
	message: null,
	servedTier: "flex",
	inputTokens: 8,
	outputTokens: 16,
	totalUsd: 0.0000054,
	requestMs: 900,
}
const RECORD: VerifyRecord = {
	date: "2026-11-22T12:00:00.000Z",
	modelId: "openai.gpt-oss-120b-1:0",
	calledModelId: "openai.gpt-oss-120b-1:0",
	region: "us-east-1",
	endpoint: null,
	sdkVersion: "3.1164.0",
	asExpected: true,
	rows: [ROW],
}

describe("The record file of `verify`", () => {
	it("has no records when it does not exist", async () => {
		expect(await readRecords(file)).toEqual([])
	})

	it("returns the appended records, oldest first, and leaves no temporary file", async () => {
		const later = { ...RECORD, date: "2026-11-23T12:00:00.000Z" }
		await appendRecord(file, RECORD)
		await appendRecord(file, later)
		expect(await readRecords(file)).toEqual([RECORD, later])
		expect(await readdir(folder)).toEqual(["record.json"])
	})

	it("preserves an unknown served tier", async () => {
		const unknownTier = { ...RECORD, rows: [{ ...ROW, servedTier: "ultrafast" }] }
		await appendRecord(file, unknownTier)
		expect(await readRecords(file)).toEqual([unknownTier])
	})

	it.each([
		["invalid JSON", "{"],
		["an unknown format version", JSON.stringify({ format: 2, records: [] })],
		["an unknown member", JSON.stringify({ format: 1, records: [{ ...RECORD, note: "x" }] })],
		["an invalid date", JSON.stringify({ format: 1, records: [{ ...RECORD, date: "yesterday" }] })],
		["a negative cost", JSON.stringify({ format: 1, records: [{ ...RECORD, rows: [{ ...ROW, totalUsd: -1 }] }] })],
		[
			"a fractional token count",
			JSON.stringify({ format: 1, records: [{ ...RECORD, rows: [{ ...ROW, inputTokens: 0.5 }] }] }),
		],
	])("is refused and left unchanged when it contains %s", async (_, text) => {
		await writeFile(file, text)
		await expect(appendRecord(file, RECORD)).rejects.toThrow("is no record of this command")
		expect(await readFile(file, "utf8")).toBe(text)
	})
})

describe("redactRecord", () => {
	it("removes account ids from model ids and messages", () => {
		const arn = (account: string) => `arn:aws:bedrock:us-east-1:${account}:prompt-router/a`
		const message = `AWS says: ${arn("123456789012")} does not take it.`
		const record = { ...RECORD, modelId: arn("123456789012"), calledModelId: arn("123456789012") }
		const redacted = redactRecord({ ...record, rows: [{ ...ROW, code: "tier-refused", message }] })
		expect(JSON.stringify(redacted)).not.toContain("123456789012")
		expect(redacted.rows[0]?.message).toBe(`AWS says: ${arn("000000000000")} does not take it.`)
	})

	it("removes an AWS error message that names the caller", () => {
		const message = "AWS says: User: arn:aws:iam::123456789012:user/jane is not authorized."
		const rows = [{ ...ROW, code: "access-denied" as const, message }]
		expect(redactRecord({ ...RECORD, rows }).rows[0]).toMatchObject({ code: "access-denied", message: null })
	})
})
