import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { marked, type Token } from "marked"
import { afterEach, beforeEach, expect, it } from "vitest"
import { HOSTILE_MARKDOWN } from "@bedrock-tiers/test-kit/samples/hostile-markdown"
import { sampleSize } from "@bedrock-tiers/test-kit/sampling"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { inertMarkdown } from "../../../../src/app/history/inert-markdown"
import { clearFolder, NOW, openFileHost, writeTestFile } from "./testing/file-host"
import { recordMeasurement, report, SEED } from "./testing/report"

/** Chats exported as Markdown, which the user opens in a program that loads images and HTML. */

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-export-"))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const CHAT_ID = "3b1f2a64-0000-4000-8000-000000000001"
const REMOTE = "https://remote.example/a.png"

async function exportChat(title: string, answer: string) {
	clearFolder(folder)
	const chat = {
		version: 2,
		id: CHAT_ID,
		createdAt: NOW.toISOString(),
		title,
		toolsAllowed: false,
		tier: null,
		summary: null,
		background: [],
		failedBackground: [],
		messages: [
			{ role: "user", id: "q", text: answer },
			samples.answer({ id: "a", parts: [{ kind: "text", text: answer }] }),
		],
		removed: [],
	}
	writeTestFile(join(folder, "chats", `${CHAT_ID}.json`), {
		description: "",
		bytes: Buffer.from(JSON.stringify(chat)),
	})
	const host = await openFileHost(folder)
	await host.do({ type: "export-chat", chatId: CHAT_ID, format: "markdown" })
	host.end()
	return { name: host.savedNames[0] ?? "", markdown: host.saved[0] ?? "" }
}

/** Images and HTML that a Markdown parser finds, also in nested tokens. */
function loadedBy(markdown: string): string[] {
	const found: string[] = []
	marked.walkTokens(marked.lexer(markdown), ({ type, raw }: Token) => {
		if (type === "image" || type === "html") found.push(raw)
	})
	return found
}

const LOADING = [
	`![a](${REMOTE})`,
	`\\![a](${REMOTE}) \\\\![a](${REMOTE})`,
	`![a][b]\n\n[b]: ${REMOTE}`,
	`<img src=${REMOTE}>`,
	`<IMG\nSRC=${REMOTE}>`,
	`<a title="\`"> \`<img src=${REMOTE}>\``,
	`- item\n  \`\`\`\n<img src=${REMOTE}>`,
	` \`\`\`\nx\n\`\`\`\n<img src=${REMOTE}>\n\`\`\``,
	`\`\`\`a\n~~~\n\`\`\`\n<img src=${REMOTE}>\n~~~\n<img src=${REMOTE}>`,
	`<div>\n~~~\n</div>\n\n~~~\n<img src=${REMOTE}>\n~~~`,
	`\`\`\`\r<b>\r\`\`\`\r![a](${REMOTE})`,
	`| ![a](${REMOTE}) |\n|--|\n| <img src=${REMOTE}> |`,
	...Object.entries(HOSTILE_MARKDOWN).flatMap(([name, text]) => (/^\d/.test(name) ? [] : [text])),
]

it("Exported Markdown loads nothing when it is opened", async (context) => {
	report(context, {
		area: "files",
		tried: `titles, prompts and answers with remote images and HTML: ${LOADING.length} texts, some of which hide them in text that only looks like code`,
		holds: "a Markdown parser finds no image and no HTML; code keeps its content",
	})
	for (const text of LOADING) expect(loadedBy((await exportChat(text, text)).markdown)).toEqual([])
	expect(LOADING.filter((text) => loadedBy(text).length === 0).length).toBeLessThan(LOADING.length / 2)
	const code = "#include <stdio.h>\nconst a = <div>![x](y)</div>"
	expect((await exportChat("Code", `\`\`\`tsx\n${code}\n\`\`\``)).markdown).toContain(`\n~~~tsx\n${code}\n~~~\n`)
	expect((await exportChat("Code", "1 < 2, really!\n\n```js\nlet a\n```")).markdown).toContain(
		"\n1 < 2, really!\n\n```js\nlet a\n```\n",
	)
})

it("Markdown of generated texts loads nothing", (context) => {
	const count = sampleSize(20_000)
	report(context, {
		area: "files",
		tried: `${count.toLocaleString("en-US")} generated mixtures of fences, lists, quotations, HTML and images`,
		holds: "as for the hostile texts",
	})
	const piece = fc.constantFrom(
		...[
			"\n",
			"\n",
			"\n",
			"\r",
			" ",
			"   ",
			"    ",
			"\t",
			"- ",
			"1. ",
			"> ",
			"`",
			"``",
			"```",
			"````",
			"~~~",
			"~~~~",
		],
		...[`![a](${REMOTE})`, `<img src=${REMOTE}>`, "<div>", "</div>", "<!--", "-->", '<a title="', '">', "js", "\\"],
		...["![", "](u)", "<", "!", "[", "|", "|--|\n", `[a]: ${REMOTE}`, "$$", "<?", "?>", "<![CDATA["],
	)
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
			expect(loadedBy(inertMarkdown(pieces.join("")))).toEqual([])
		}),
		{ numRuns: count, seed: SEED, endOnFailure: true },
	)
	recordMeasurement(context, `Markdown: ${count.toLocaleString("en-US")} texts, seed ${SEED}`)
})

it("Exported files never have the name of a Windows device or end with a dot", async (context) => {
	report(context, {
		area: "files",
		tried: "chats named CON, nul, COM1, LPT³, AUX. and dots",
		holds: "the suggested names are ordinary file names",
	})
	const names: string[] = []
	for (const title of ["CON", "nul", "COM1", "LPT\u00b3", "AUX.", "...", "a...", "Prn ", "COM10", "Constant"])
		names.push((await exportChat(title, "x")).name)
	const expected = [
		"chat-CON",
		"chat-nul",
		"chat-COM1",
		"chat-LPT\u00b3",
		"chat-AUX",
		"chat",
		"a",
		"chat-Prn",
		"COM10",
		"Constant",
	]
	expect(names).toEqual(expected.map((name) => `${name}.bedrock-chat.md`))
})
