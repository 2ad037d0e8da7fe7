import { englishLocale } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { textDetail } from "@bedrock-tiers/error-details"
import type { AssistantMessage } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { usageRecord } from "@bedrock-tiers/core/testing"
import { newChatRecord, type ChatRecord } from "../storage/chat-store"
import { chatMarkdown } from "./export-chat"
import { USAGE_COLUMNS, usageCsv, usageRows } from "./usage-rows"

const request = usageRecord({
	id: "r",
	card: { origin: "catalog", source: "aws-price-list", checkedOn: "2026-08-20" },
})

function chat(title: string, answer: Partial<AssistantMessage> = {}, part: Partial<ChatRecord> = {}): ChatRecord {
	const message: AssistantMessage = {
		role: "assistant",
		id: "a",
		parts: [],
		status: "complete",
		error: null,
		request,
		...answer,
	}
	return { ...newChatRecord(new Date()), id: "c", title, messages: [message], ...part }
}

const cells = (record: ChatRecord) => {
	const [names = "", values = ""] = usageCsv(usageRows(record)).split("\r\n")
	return Object.fromEntries(names.split(",").map((name, index) => [name, values.split(",")[index]]))
}

describe("A usage row", () => {
	it("has the requested and the served tier, the tokens and the cost", () => {
		expect(cells(chat("Sky"))).toMatchObject({
			time_utc: "2026-11-20T10:00:00.000Z",
			chat_title: "Sky",
			purpose: "answer",
			outcome: "accepted",
			requested_tier: "flex",
			served_tier: "flex",
			input_tokens: "4000",
			output_tokens: "3000",
			total_usd: "0.0012",
			price_checked_on: "2026-08-20",
		})
	})

	it("leaves unknown values empty, also the cost of an unpriced request", () => {
		const unknown = {
			...request,
			usage: null,
			totalUsd: null,
			knownUsd: 0,
			unpricedReason: "usage-not-reported",
		} as const
		expect(cells(chat("Sky", { request: unknown }))).toMatchObject({
			input_tokens: "",
			total_usd: "",
			unpriced_reason: "usage-not-reported",
		})
	})

	it("has the times and the speed: 3,000 tokens in the 1.5 seconds after the first token", () => {
		const timed = { ...request, timing: { firstTokenMs: 500, totalMs: 2_000 } }
		expect(cells(chat("Sky", { request: timed }))).toMatchObject({
			first_token_ms: "500",
			total_ms: "2000",
			output_tokens_per_second: "2000",
		})
	})

	it.each([
		["no timing", { timing: null }, ["", "", ""]],
		["an answer in one chunk", { timing: { firstTokenMs: null, totalMs: 2_000 } }, ["", "2000", ""]],
		["no usage", { timing: { firstTokenMs: 500, totalMs: 2_000 }, usage: null }, ["500", "2000", ""]],
	])("leaves unmeasured values empty: %s", (_, part, expected) => {
		const row = cells(chat("Sky", { request: { ...request, ...part } }))
		expect([row.first_token_ms, row.total_ms, row.output_tokens_per_second]).toEqual(expected)
	})

	it("exists for background requests and for all failed attempts", () => {
		const failedAttempts = (["refused", "unanswered"] as const).map((outcome) => ({
			at: "2026-11-20T09:00:00.000Z",
			code: "network" as const,
			details: [textDetail("SECRET PROMPT")],
			outcome,
			sentTier: "flex" as const,
			nextTier: null,
			waitMs: 0,
		}))
		const failedBackground = failedAttempts.slice(0, 1)
		const background = [{ purpose: "title", request } as const]
		const rows = usageRows(chat("Sky", { failedAttempts }, { background, failedBackground }))
		expect(rows.map(({ purpose, outcome, total_usd }) => [purpose, outcome, total_usd])).toEqual([
			["answer", "refused", 0],
			["answer", "unanswered", null],
			["background", "refused", 0],
			["answer", "accepted", 0.0012],
			["title", "accepted", 0.0012],
		])
		expect(usageCsv(rows)).not.toContain("SECRET")
	})
})

describe("The usage CSV", () => {
	it("has one column per name, with units in the names", () => {
		expect(usageCsv([])).toBe(`${USAGE_COLUMNS.join(",")}\r\n`)
		const tokens = USAGE_COLUMNS.filter((name) => name.includes("token"))
		expect(tokens.filter((name) => !name.endsWith("_tokens"))).toEqual([
			"first_token_ms",
			"output_tokens_per_second",
		])
	})

	it.each([
		["=HYPERLINK(1)", "'=HYPERLINK(1)"],
		["+1", "'+1"],
		["-1", "'-1"],
		["@SUM(1)", "'@SUM(1)"],
		["  =1", "'  =1"],
		["\u0000=1", "'\u0000=1"],
		["=1", "'=1"],
		["\u200b\u202e=1", "'\u200b\u202e=1"],
		["\ufe66\u207c1", "'\ufe66\u207c1"],
		["\u22121", "'\u22121"],
	])("prefixes a text that a spreadsheet would execute with an apostrophe: %j", (title, cell) => {
		expect(cells(chat(title)).chat_title?.replaceAll('"', "")).toBe(cell)
	})

	it("quotes a text with commas, quotes or line breaks", () => {
		expect(usageCsv(usageRows(chat('a,"b"\nc')))).toContain(',"a,""b""\nc",')
	})

	it("leaves plain text unchanged", () => {
		expect(cells(chat("Sky = blue - mostly")).chat_title).toBe("Sky = blue - mostly")
	})
})

describe("The Markdown of a chat", () => {
	it("fences a tool result with more backticks than the result contains", () => {
		const parts = [
			{
				kind: "tool-call",
				callId: "1",
				name: "read_file",
				input: "{}",
				result: { ok: true, text: "````\nx" },
			} as const,
		]
		expect(chatMarkdown(chat("Sky", { parts }), englishLocale)).toContain("`````text\n````\nx\n`````")
	})

	it("leaves out reasoning", () => {
		const parts = [
			{ kind: "reasoning", text: "a thought", signature: null } as const,
			{ kind: "text", text: "Blue." } as const,
		]
		expect(chatMarkdown(chat("Sky", { parts }), englishLocale)).not.toContain("a thought")
	})
})
